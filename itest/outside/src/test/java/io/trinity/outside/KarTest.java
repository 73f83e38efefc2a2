package io.trinity.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Karaf's archive, as it lies in the distribution. */
class KarTest {
    private static final Pattern MAVEN = Pattern.compile("mvn:([^/<]+)/([^/<]+)/([^/<]+)");

    /** The archive of the distribution. */
    static Path archive() throws IOException {
        try (Stream<Path> there = Files.list(Host.distribution().resolve("karaf"))) {
            return there.filter(f -> f.toString().endsWith(".kar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the distribution has no .kar"));
        }
    }

    @Test
    void theArchiveHoldsEachBundleThatItsFeaturesNameAndNothingElse() throws IOException {
        try (ZipFile kar = new ZipFile(archive().toFile())) {
            ZipEntry features =
                    kar.stream()
                            .filter(e -> e.getName().endsWith("-features.xml"))
                            .findFirst()
                            .orElseThrow();
            assertTrue(
                    features.getName().startsWith("repository/io/trinity/runtime-assembly/"),
                    features::getName);
            Set<String> named = new TreeSet<>();
            try (InputStream in = kar.getInputStream(features)) {
                Matcher m = MAVEN.matcher(new String(in.readAllBytes(), UTF_8));
                while (m.find()) {
                    named.add(place(m.group(1), m.group(2), m.group(3)));
                }
            }
            Set<String> held =
                    kar.stream()
                            .map(ZipEntry::getName)
                            .filter(n -> n.endsWith(".jar"))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(named, held);
        }
    }

    /** In Maven's layout. */
    private static String place(String group, String artifact, String version) {
        return "repository/%s/%s/%s/%s-%s.jar"
                .formatted(group.replace('.', '/'), artifact, version, artifact, version);
    }
}
