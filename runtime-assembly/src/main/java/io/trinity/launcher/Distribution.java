package io.trinity.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The installed program: {@code lib/}, {@code bundles/}, {@code conf/} (defaults) and {@code etc/}.
 *
 * @param root absolute path
 */
record Distribution(Path root) {
    /** System property that names the folder; {@code ./tri} sets it. */
    static final String PROPERTY = "trinity.distribution";

    static Distribution current() {
        String root = System.getProperty(PROPERTY);
        if (root == null) {
            throw new Failure("system property " + PROPERTY + " is not set; use ./tri");
        }
        return new Distribution(Path.of(root).toAbsolutePath().normalize());
    }

    Path conf() {
        return root.resolve("conf");
    }

    /** Where the shell's profile lies, in {@code etc/}. */
    Path shellHome() {
        return root;
    }

    /** The bundles' files, in the order of their names. */
    List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("bundles"))) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
