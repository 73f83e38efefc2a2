package io.trinity.telemetry;

import static java.util.stream.Collectors.joining;

import io.trinity.api.home.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files in {@code metrics/} are reports, over restarts: whoever reads them takes one for
 * current whose collector went while the host was down. Confined to one thread.
 */
final class ReportIndex {
    private static final String FILE = ".reports";

    private final Path folder;

    ReportIndex(Path folder) {
        this.folder = folder;
    }

    /**
     * Files by the names of their collectors.
     *
     * @throws IOException where the index is there and cannot be read
     */
    Map<String, Path> read() throws IOException {
        Map<String, Path> files = new HashMap<>();
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return files;
        }
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split("\t", -1);
            // Whoever may write here must not have files removed elsewhere.
            if (words.length == 2
                    && ReportFile.isName(words[0])
                    && words[1].startsWith(words[0] + ".")
                    && ReportFile.isName(words[1])) {
                files.put(words[0], folder.resolve(words[1]));
            }
        }
        return files;
    }

    /** Writes what there is, and one more. */
    void add(Map<String, Path> files, String collector, Path file) throws IOException {
        Map<String, Path> all = new TreeMap<>(files);
        all.put(collector, file);
        write(all);
    }

    void write(Map<String, Path> files) throws IOException {
        List<String> lines =
                new TreeMap<>(files)
                        .entrySet().stream()
                                .map(e -> e.getKey() + "\t" + e.getValue().getFileName())
                                .toList();
        DurableFile.write(
                folder.resolve(FILE), lines.stream().map(l -> l + "\n").collect(joining()));
    }
}
