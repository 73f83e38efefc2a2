package io.trinity.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The installed program: {@code lib/}, {@code bundles/}, {@code on-demand/}, {@code conf/}
 * (defaults) and {@code etc/}.
 *
 * @param root absolute path
 */
record Distribution(Path root) {
    private static final String ON_DEMAND = "on-demand";

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

    /**
     * The bundles' files, in the order of their names, those last that are installed and not
     * started.
     */
    List<Path> bundles() throws IOException {
        List<Path> all = new ArrayList<>(jars(root.resolve("bundles")));
        all.addAll(jars(root.resolve(ON_DEMAND)));
        return all;
    }

    /** Whether a bundle is left to be started by whoever needs it. */
    static boolean isOnDemand(String location) {
        return location.contains("/" + ON_DEMAND + "/");
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
