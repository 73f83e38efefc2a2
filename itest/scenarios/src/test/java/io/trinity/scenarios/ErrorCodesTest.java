package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.Test;

/** docs/errors.md tells of every code, with cause and remedy, and of no other. */
public class ErrorCodesTest {
    @Test
    public void everyCodeIsExplained() throws IOException {
        String page =
                Files.readString(Path.of(System.getProperty("trinity.root"), "docs/errors.md"));
        Set<String> explained = new TreeSet<>();
        for (String section : page.split("(?m)^## ")) {
            String heading = section.lines().findFirst().orElse("").trim();
            if (heading.matches("[A-Z][A-Z_]+")) {
                explained.add(heading);
                assertTrue(heading + " has no cause", section.contains("\n**Cause**"));
                assertTrue(heading + " has no remedy", section.contains("\n**Remedy**"));
            }
        }
        Set<String> codes =
                Arrays.stream(ErrorCode.values())
                        .map(Enum::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(codes, explained);
    }
}
