package io.trinity.shell;

import io.trinity.api.home.FolderEntries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * A log and what it was rotated into: {@code trinity.log} and, of the same folder, {@code
 * trinity.….log} and {@code trinity.….log.gz}.
 */
final class LogFiles {
    private record Found(Path file, FileTime modified) {}

    private LogFiles() {}

    /** The files that there are, the newest first. */
    static List<Path> of(Path log) throws IOException {
        String name = String.valueOf(log.getFileName());
        String prefix = name.substring(0, name.lastIndexOf('.') + 1);
        List<Found> rotated = new ArrayList<>();
        try {
            for (Path file : FolderEntries.of(log.resolveSibling(""))) {
                String other = String.valueOf(file.getFileName());
                if (!other.equals(name)
                        && other.startsWith(prefix)
                        && (other.endsWith(".log") || other.endsWith(".log.gz"))) {
                    addTo(rotated, file);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        rotated.sort(
                Comparator.comparing(Found::modified)
                        .thenComparing(f -> f.file().toString())
                        .reversed());
        List<Path> all = new ArrayList<>();
        if (Files.exists(log)) {
            all.add(log);
        }
        rotated.forEach(f -> all.add(f.file()));
        return all;
    }

    private static void addTo(List<Found> rotated, Path file) throws IOException {
        try {
            rotated.add(new Found(file, Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException e) {
            // Rotated away this moment: what it held stands in another one.
        }
    }

    /**
     * Gives each line of a file.
     *
     * @return characters read
     */
    static long lines(Path file, Consumer<String> each) throws IOException {
        long read = 0;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 65_536) : raw;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                read += line.length() + 1;
                each.accept(line);
            }
        } catch (NoSuchFileException e) {
            return read;
        }
        return read;
    }
}
