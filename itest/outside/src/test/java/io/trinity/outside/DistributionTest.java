package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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

    /** In a Karaf they stand in etc/, so whoever names one asks where it is. */
    @Test
    void noBundleButTheOneForConfigurationNamesAFileInConf() throws IOException {
        List<String> named = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DISTRIBUTION.resolve("bundles"))) {
            for (Path jar :
                    files.filter(f -> f.getFileName().toString().startsWith("io.trinity"))
                            .toList()) {
                named.addAll(classesThatName("conf/io.trinity", jar));
                named.addAll(classesThatName("conf/%s", jar));
                named.addAll(classesThatName("conf/{}", jar));
                named.addAll(classesThatName("conf/\u0001", jar));
            }
        }
        assertEquals(List.of(), named);
    }

    private static List<String> classesThatName(String text, Path jar) throws IOException {
        List<String> all = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry e : Collections.list(zip.entries())) {
                String name = e.getName();
                if (name.endsWith(".class")
                        && !name.startsWith("io/trinity/configuration/")
                        && !name.startsWith("io/trinity/api/config/")) {
                    byte[] bytes = zip.getInputStream(e).readAllBytes();
                    if (new String(bytes, StandardCharsets.ISO_8859_1).contains(text)) {
                        all.add(name + ": " + text);
                    }
                }
            }
        }
        return all;
    }
}
