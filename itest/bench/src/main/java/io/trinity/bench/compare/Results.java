package io.trinity.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file to which each fork is added as soon as it has ended, so that a run that was stopped can go
 * on. Its first line says what is measured and how; to other measurements it does not go on.
 */
final class Results {
    private static final int FIELDS = 6;

    private final Path file;
    private final Map<String, Measured> byJdk = new LinkedHashMap<>();

    private Results(Path file) {
        this.file = file;
    }

    /**
     * Opens a file that there may be already.
     *
     * @param what a line
     * @throws IllegalArgumentException if the file holds something else
     */
    static Results open(Path file, String what) throws IOException {
        Results results = new Results(file);
        if (!Files.exists(file) || Files.size(file) == 0) {
            Files.writeString(file, "# " + what + "\n");
            return results;
        }
        List<String> lines = wholeLines(file);
        if (lines.isEmpty() || !lines.get(0).equals("# " + what)) {
            throw new IllegalArgumentException(
                    "%s holds other measurements ; these are of %s: name another file"
                            .formatted(file, what));
        }
        for (String line : lines.subList(1, lines.size())) {
            results.parse(line);
        }
        return results;
    }

    /** The last one may have been cut off when the run was stopped. */
    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!whole.equals(text)) {
            Files.writeString(file, whole);
        }
        return whole.lines().toList();
    }

    private void parse(String line) {
        String[] f = line.split("\t", -1);
        try {
            if (f.length != FIELDS) {
                throw new IllegalArgumentException("not " + FIELDS + " fields");
            }
            Task task = new Task(Task.Kind.valueOf(f[1]), f[2], f[3]);
            double[] values =
                    Arrays.stream(f[5].split(" ")).mapToDouble(Double::parseDouble).toArray();
            of(f[0]).add(task, Integer.parseInt(f[4]), values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ": '" + line + "' is no measurement; take it out", e);
        }
    }

    /** What was measured on a JDK. */
    Measured of(String jdk) {
        return byJdk.computeIfAbsent(jdk, j -> new Measured());
    }

    void add(String jdk, Task task, int fork, double... iterations) throws IOException {
        of(jdk).add(task, fork, iterations);
        String values =
                Arrays.stream(iterations)
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(" "));
        String line =
                String.join(
                        "\t",
                        jdk,
                        task.kind().name(),
                        task.subject(),
                        task.engine(),
                        Integer.toString(fork),
                        values);
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
}
