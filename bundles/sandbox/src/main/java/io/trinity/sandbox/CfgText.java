package io.trinity.sandbox;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The text of a .cfg file, of which single keys are changed and everything else stays as it is:
 * comments, order, line continuations. Lines are those of {@link Properties#load}. Immutable.
 */
final class CfgText {
    /** One entry with its continuations, or one comment or blank line. */
    private record Line(String text, Optional<String> key) {}

    private final List<Line> lines;

    private CfgText(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    static CfgText parse(String text) {
        List<Line> lines = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        for (String natural : text.isEmpty() ? List.<String>of() : text.lines().toList()) {
            boolean first = entry.length() == 0;
            String start = natural.stripLeading();
            boolean comment =
                    first && (start.isEmpty() || start.charAt(0) == '#' || start.charAt(0) == '!');
            entry.append(first ? "" : "\n").append(natural);
            if (comment || !goesOn(natural)) {
                lines.add(line(entry.toString()));
                entry.setLength(0);
            }
        }
        if (entry.length() > 0) {
            // It ends in a backslash with nothing behind it: what is added below must
            // not be that.
            lines.add(line(entry + "\n"));
        }
        return new CfgText(lines);
    }

    /** Whether a line ends in an odd number of backslashes. */
    private static boolean goesOn(String natural) {
        int slashes = 0;
        while (slashes < natural.length()
                && natural.charAt(natural.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static Line line(String text) {
        return new Line(text, load(text).stringPropertyNames().stream().findFirst());
    }

    private static Properties load(String text) {
        Properties p = new Properties();
        try {
            p.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            // A malformed escape: an entry that nobody can read stays as it is.
            return new Properties();
        }
        return p;
    }

    /** The value of a key; of several the last one, as {@link Properties} has it. */
    Optional<String> get(String key) {
        Optional<String> value = Optional.empty();
        for (Line l : lines) {
            if (l.key().equals(Optional.of(key))) {
                value = Optional.ofNullable(load(l.text()).getProperty(key));
            }
        }
        return value;
    }

    /**
     * The text with another value for a key, in its place, or at the end.
     *
     * @param value without line breaks; empty takes the key away
     */
    CfgText with(String key, String value) {
        List<Line> next = new ArrayList<>();
        boolean done = value.isEmpty();
        for (Line l : lines) {
            if (!l.key().equals(Optional.of(key))) {
                next.add(l);
            } else if (!done) {
                next.add(line(entry(key, value)));
                done = true;
            }
        }
        if (!done) {
            next.add(line(entry(key, value)));
        }
        return new CfgText(next);
    }

    private static String entry(String key, String value) {
        return key + " = " + value.replace("\\", "\\\\");
    }

    /** The whole text, ending in a line break where it is not empty. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(l -> text.append(l.text()).append('\n'));
        return text.toString();
    }
}
