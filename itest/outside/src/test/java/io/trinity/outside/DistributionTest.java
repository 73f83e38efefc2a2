package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the distribution has beside its program. */
class DistributionTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Path DISTRIBUTION =
            Host.checkout().resolve("runtime-assembly/target/trinity");

    @Test
    void theDistributionHasItsDocumentsAndNoLinkInThemLeadsNowhere() throws IOException {
        for (String file : List.of("LICENSE", "README.md", "docs/operator.md", "docs/errors.md")) {
            assertTrue(Files.isRegularFile(DISTRIBUTION.resolve(file)), file);
        }
        List<String> dead = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DISTRIBUTION)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
                Matcher link = LINK.matcher(Files.readString(file));
                while (link.find()) {
                    if (Files.notExists(file.resolveSibling(link.group(1)))) {
                        dead.add(file + ": " + link.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), dead);
    }
}
