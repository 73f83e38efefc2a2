package io.trinity.configuration;

import io.trinity.api.home.FileFingerprint;
import io.trinity.api.home.FileWords;
import io.trinity.api.text.Escaped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.cm.file.ConfigurationHandler;

/**
 * What one file says.
 *
 * @param path the file
 * @param fingerprint of when it was read
 * @param values by key; empty where the file as a whole cannot be read
 * @param lines line of each key, counted from 1; a key that was not found is left out
 * @param problems told of
 */
record ConfFile(
        Path path,
        FileFingerprint fingerprint,
        Optional<Map<String, Object>> values,
        Map<String, Integer> lines,
        List<Problem> problems) {
    private static final int MOST_BYTES = 1 << 20;
    private static final String NO_VALUE = "it has no value in the syntax of .config files";
    private static final String EMPTY =
            "it is empty, as a full disk leaves files; for a configuration without any key, write a"
                    + " line with a # into it";
    private static final String NOT_TYPED = "it is not in the syntax of .config files: ";
    private static final String STAYS = "; what was in effect before stays";

    /** A key of a {@code .config} file, at the beginning of a line. */
    static final Pattern TYPED = Pattern.compile("\\s*([^\\s=#\"\\[\\],\\\\]+)\\s*=");

    ConfFile {
        lines = Map.copyOf(lines);
        problems = List.copyOf(problems);
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Reads it; whatever is wrong is a problem of the answer. */
    static ConfFile read(Path path, FileFingerprint fingerprint) {
        String name = String.valueOf(path.getFileName());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return refused(
                        path,
                        fingerprint,
                        List.of(new Problem(name, 0, "", "it is larger than 1 MiB" + STAYS)));
            }
            if (bytes.length == 0) {
                return refused(path, fingerprint, List.of(new Problem(name, 0, "", EMPTY + STAYS)));
            }
            FileText text = FileText.decode(bytes);
            return name.endsWith(".cfg")
                    ? cfg(path, fingerprint, text)
                    : typed(path, fingerprint, text);
        } catch (FileText.NotUtf8 e) {
            return refused(
                    path,
                    fingerprint,
                    List.of(new Problem(name, e.line, "", e.getMessage() + STAYS)));
        } catch (IOException e) {
            return refused(
                    path,
                    fingerprint,
                    List.of(
                            new Problem(
                                    name, 0, "", "it cannot be read: " + FileWords.of(e) + STAYS)));
        }
    }

    /** Which of the two is meant nobody can tell, and a {@code deny} must not be lost. */
    static String twinOf(String other) {
        return "it is '"
                + other
                + "' but for capitals, and a configuration keeps only one of the two; remove one";
    }

    private static ConfFile refused(
            Path path, FileFingerprint fingerprint, List<Problem> problems) {
        return new ConfFile(path, fingerprint, Optional.empty(), Map.of(), problems);
    }

    private static ConfFile cfg(Path path, FileFingerprint fingerprint, FileText text) {
        String name = String.valueOf(path.getFileName());
        CfgText cfg = CfgText.parse(name, text);
        if (!cfg.errors().isEmpty()) {
            List<Problem> told = new ArrayList<>();
            cfg.errors().stream()
                    .limit(Complaints.MOST)
                    .map(p -> new Problem(p.file(), p.line(), p.key(), p.text() + STAYS))
                    .forEach(told::add);
            return refused(path, fingerprint, told);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        cfg.values()
                .forEach(
                        (key, value) -> {
                            values.put(key, value.text());
                            lines.put(key, value.line());
                        });
        return new ConfFile(path, fingerprint, Optional.of(values), lines, cfg.hints());
    }

    /** The entries that cannot be read, each looked at alone. */
    private static List<Problem> wrongEntries(String name, List<String> lines) {
        List<Problem> wrong = new ArrayList<>();
        int begin = 0;
        for (int next = 1; next <= lines.size(); next++) {
            boolean ends = next == lines.size() || TYPED.matcher(lines.get(next)).lookingAt();
            Matcher m = TYPED.matcher(lines.get(begin));
            if (ends && m.lookingAt()) {
                String entry = String.join("\r\n", lines.subList(begin, next)) + "\r\n";
                try {
                    if (read(entry).isEmpty()) {
                        wrong.add(new Problem(name, begin + 1, m.group(1), NO_VALUE + STAYS));
                    }
                } catch (IOException | RuntimeException e) {
                    String told = NOT_TYPED + said(e) + STAYS;
                    wrong.add(new Problem(name, begin + 1, m.group(1), told));
                }
            }
            begin = ends ? next : begin;
        }
        return wrong.subList(0, Math.min(wrong.size(), Complaints.MOST));
    }

    private static Dictionary<?, ?> read(String text) throws IOException {
        return ConfigurationHandler.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String said(Exception e) {
        return Escaped.line(String.valueOf(e.getMessage()));
    }

    private static ConfFile typed(Path path, FileFingerprint fingerprint, FileText text) {
        String name = String.valueOf(path.getFileName());
        try {
            Dictionary<?, ?> read = read(text.text());
            Map<String, Object> values = new LinkedHashMap<>();
            Collections.list(read.keys()).forEach(key -> values.put(key.toString(), read.get(key)));
            Map<String, Integer> lines = new LinkedHashMap<>();
            List<String> all = text.text().lines().toList();
            for (int i = 0; i < all.size(); i++) {
                Matcher m = TYPED.matcher(all.get(i));
                if (m.lookingAt()) {
                    lines.put(m.group(1), i + 1);
                }
            }
            // Felix' parser ends in silence at what it does not know.
            List<Problem> unread = new ArrayList<>();
            lines.forEach(
                    (key, line) -> {
                        if (!values.containsKey(key)) {
                            unread.add(new Problem(name, line, key, NO_VALUE + STAYS));
                        }
                    });
            Map<String, String> spelt = new LinkedHashMap<>();
            values.keySet()
                    .forEach(
                            key -> {
                                String twin = spelt.put(key.toLowerCase(Locale.ROOT), key);
                                if (twin != null) {
                                    int line = lines.getOrDefault(key, 0);
                                    unread.add(new Problem(name, line, key, twinOf(twin) + STAYS));
                                }
                            });
            return unread.isEmpty()
                    ? new ConfFile(path, fingerprint, Optional.of(values), lines, List.of())
                    : refused(path, fingerprint, unread);
        } catch (IOException | RuntimeException e) {
            // The parser of another house throws what it likes over what it cannot read.
            List<Problem> wrong = wrongEntries(name, text.text().lines().toList());
            return refused(
                    path,
                    fingerprint,
                    wrong.isEmpty()
                            ? List.of(new Problem(name, 0, "", NOT_TYPED + said(e) + STAYS))
                            : wrong);
        } catch (NoClassDefFoundError e) {
            return refused(
                    path,
                    fingerprint,
                    List.of(
                            new Problem(
                                    name,
                                    0,
                                    "",
                                    ".config files can be read with Felix Config Admin only; write"
                                            + " a .cfg file"
                                            + STAYS)));
        }
    }
}
