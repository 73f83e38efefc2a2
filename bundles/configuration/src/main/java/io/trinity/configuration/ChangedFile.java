package io.trinity.configuration;

import io.trinity.api.config.Configurations.Change;
import io.trinity.api.config.Configurations.Refused;
import io.trinity.api.plugin.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.jspecify.annotations.Nullable;

/** The bytes of a configuration file with other values of single keys. Pure. */
final class ChangedFile {
    private ChangedFile() {}

    /**
     * Changes them.
     *
     * @param name of the file, which decides about its syntax
     * @throws Refused where the file cannot be read, or cannot say the new value
     */
    static byte[] of(
            String name, byte[] before, Function<Function<String, List<String>>, List<Change>> edit)
            throws Refused {
        FileText text;
        try {
            text = FileText.decode(before);
        } catch (FileText.NotUtf8 e) {
            throw unreadable(name + ":" + e.line, String.valueOf(e.getMessage()));
        }
        return name.endsWith(".cfg") ? cfg(name, text, edit) : typed(name, text, edit);
    }

    private static byte[] cfg(
            String name,
            FileText content,
            Function<Function<String, List<String>>, List<Change>> edit)
            throws Refused {
        CfgText text = CfgText.parse(name, content);
        if (!text.errors().isEmpty()) {
            Problem first = text.errors().get(0);
            throw unreadable(name + ":" + first.line(), first.text());
        }
        Map<String, CfgText.Value> now = text.values();
        for (Change c : edit.apply(k -> split(now.containsKey(k) ? now.get(k).text() : ""))) {
            for (String item : c.items()) {
                if (item.indexOf(',') >= 0 || !item.strip().equals(item) || item.isEmpty()) {
                    throw new Refused(
                            ErrorCode.CONFIG_INVALID,
                            "conf/%s: %s: '%s' has a comma or blanks around it, and commas separate the items of a list"
                                    .formatted(name, c.key(), item),
                            "write the plugin's configuration as a .config file instead of a .cfg"
                                    + " file, where items stand in quotes: %s=[\"…\"]"
                                            .formatted(c.key()));
                }
            }
            try {
                text = text.with(c.key(), String.join(",", c.items()));
            } catch (IllegalArgumentException e) {
                throw new Refused(
                        ErrorCode.CONFIG_INVALID,
                        "conf/%s: %s: %s".formatted(name, c.key(), e.getMessage()),
                        "choose another value");
            }
        }
        return text.bytes();
    }

    /** Lines that begin with a key, to the next such line or comment, are that key's entry. */
    private static byte[] typed(
            String name,
            FileText content,
            Function<Function<String, List<String>>, List<Change>> edit)
            throws Refused {
        Map<String, Object> before = read(name, content.text());
        Map<String, Object> wanted = new TreeMap<>(before);
        String end = content.text().contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = new ArrayList<>(content.text().lines().toList());
        for (Change c : edit.apply(k -> items(before.get(k)))) {
            int at = begin(lines, c.key());
            if (at >= 0) {
                int stop = at + 1;
                while (stop < lines.size() && !isBoundary(lines.get(stop))) {
                    stop++;
                }
                lines.subList(at, stop).clear();
            }
            wanted.remove(c.key());
            if (!c.items().isEmpty()) {
                wanted.put(c.key(), c.items().toArray(new String[0]));
                lines.add(
                        at >= 0 ? at : lines.size(),
                        c.items().stream()
                                .map(ChangedFile::quoted)
                                .collect(Collectors.joining(",", c.key() + "=[", "]")));
            }
        }
        String text = lines.stream().map(l -> l + end).collect(Collectors.joining());
        if (!same(wanted, read(name, text))) {
            throw new Refused(
                    ErrorCode.CONFIG_INVALID,
                    "conf/" + name + " is written in a way in which single keys cannot be changed",
                    "change it with an editor");
        }
        return FileText.encode(text, content.mark());
    }

    private static int begin(List<String> lines, String key) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(key)
                    && lines.get(i).strip().substring(key.length()).strip().startsWith("=")) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBoundary(String line) {
        return line.isBlank()
                || line.strip().startsWith("#")
                || ConfFile.TYPED.matcher(line).lookingAt();
    }

    private static String quoted(String item) {
        return "\"" + item.replace("\\", "\\\\").replace("\"", "\\\"").replace("=", "\\=") + "\"";
    }

    private static Map<String, Object> read(String name, String text) throws Refused {
        try {
            Dictionary<?, ?> read =
                    ConfigurationHandler.read(
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            Map<String, Object> values = new TreeMap<>();
            Collections.list(read.keys()).forEach(k -> values.put(k.toString(), read.get(k)));
            return values;
        } catch (IOException | RuntimeException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        }
    }

    private static boolean same(Map<String, Object> one, Map<String, Object> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(
                                e ->
                                        Arrays.deepEquals(
                                                new Object[] {e.getValue()},
                                                new Object[] {other.get(e.getKey())}));
    }

    /** Items of a value as Config Admin or a file has it. */
    static List<String> items(@Nullable Object value) {
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf).toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return split(value == null ? "" : value.toString());
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).filter(i -> !i.isEmpty()).toList();
    }

    private static Refused unreadable(String place, String why) {
        return new Refused(
                ErrorCode.CONFIG_INVALID,
                "conf/" + place + ": " + why + "; so it has no effect, and nothing was changed",
                "mend that first");
    }
}
