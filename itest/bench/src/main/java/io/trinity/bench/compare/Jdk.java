package io.trinity.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM that forks run on.
 *
 * @param version as it says itself, {@code 17.0.15}
 */
record Jdk(Path java, String version) {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** The one that runs this. */
    static Jdk own() {
        return new Jdk(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.version"));
    }

    /**
     * The one in a folder.
     *
     * @throws IllegalArgumentException if there is none, or it does not say what it is
     */
    static Jdk in(String folder) throws IOException, InterruptedException {
        Path java = Path.of(folder, "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new IllegalArgumentException("no JDK in " + folder + ": there is no bin/java");
        }
        String said = String.join("\n", Processes.lines(List.of(java.toString(), "-version")));
        Matcher version = QUOTED.matcher(said);
        if (!version.find()) {
            throw new IllegalArgumentException(
                    "what is in " + folder + " is no JDK: it says " + said);
        }
        return new Jdk(java, version.group(1));
    }
}
