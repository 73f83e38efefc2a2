package io.trinity.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@code .cfg} file, line by line. A value is what stands between the first {@code =}
 * or {@code :} and the end of the line, without the blanks and tabs around it: no escapes, no
 * substitution, no quotes, no continuation. {@code #} or {@code !} begins a comment where it is the
 * first character of a line. Single keys can be changed, and everything else stays as it is, with
 * its line ends and its byte order mark. Immutable.
 */
final class CfgText {
    /** A value and the line, counted from 1, that it stands in. */
    record Value(String text, int line) {}

    /** One line; without a key where it is a comment or blank. */
    private record Line(String text, String end, Optional<String> key, String value) {}

    private static final Pattern KEY = Pattern.compile("[^\\s\\\\\"'\\p{Cntrl}]+");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    /** What the syntax of Java's property files would have turned into something else. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|[\\\\:=# ])");

    private final String file;
    private final boolean mark;
    private final List<Line> lines;
    private final List<Problem> errors;
    private final List<Problem> hints;

    private CfgText(
            String file,
            boolean mark,
            List<Line> lines,
            List<Problem> errors,
            List<Problem> hints) {
        this.file = file;
        this.mark = mark;
        this.lines = List.copyOf(lines);
        this.errors = List.copyOf(errors);
        this.hints = List.copyOf(hints);
    }

    /**
     * Reads it.
     *
     * @param file name, for problems
     */
    static CfgText parse(String file, FileText content) {
        List<Line> lines = new ArrayList<>();
        List<Problem> errors = new ArrayList<>();
        List<Problem> hints = new ArrayList<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<String, String> spelt = new LinkedHashMap<>();
        String text = content.text();
        boolean goesOn = false;
        int begin = 0;
        while (begin < text.length()) {
            int stop = begin;
            while (stop < text.length() && "\r\n".indexOf(text.charAt(stop)) < 0) {
                stop++;
            }
            int next = Math.min(text.length(), stop + (text.startsWith("\r\n", stop) ? 2 : 1));
            String line = text.substring(begin, stop);
            int number = lines.size() + 1;
            Line read = line(file, number, line, text.substring(stop, next), goesOn, errors);
            lines.add(read);
            read.key()
                    .ifPresent(
                            key -> {
                                Integer before = seen.put(key.toLowerCase(Locale.ROOT), number);
                                @Nullable String twin =
                                        spelt.put(key.toLowerCase(Locale.ROOT), key);
                                if (twin != null && !twin.equals(key)) {
                                    errors.add(
                                            new Problem(file, number, key, ConfFile.twinOf(twin)));
                                } else if (before != null) {
                                    hints.add(
                                            new Problem(
                                                    file,
                                                    number,
                                                    key,
                                                    "line %s sets it too; line %s holds"
                                                            .formatted(before, number)));
                                }
                                if (ESCAPE.matcher(read.value()).find()) {
                                    hints.add(
                                            new Problem(
                                                    file,
                                                    number,
                                                    key,
                                                    "backslashes are no escapes here: the value is"
                                                            + " what stands there"));
                                }
                            });
            goesOn = read.key().isPresent() && line.endsWith("\\");
            begin = next;
        }
        return new CfgText(file, content.mark(), lines, errors, hints);
    }

    private static Line line(
            String file,
            int number,
            String text,
            String end,
            boolean goesOn,
            List<Problem> errors) {
        String t = trim(text);
        Line none = new Line(text, end, Optional.empty(), "");
        if (t.isEmpty() || t.charAt(0) == '#' || t.charAt(0) == '!') {
            return none;
        }
        int at = separator(t);
        String key = at < 0 ? "" : trim(t.substring(0, at));
        String value = at < 0 ? "" : trim(t.substring(at + 1));
        Optional<String> problem = Optional.empty();
        if (goesOn && (at < 0 || text.charAt(0) == ' ' || text.charAt(0) == '\t')) {
            problem =
                    Optional.of(
                            "the line before ends in a backslash, and a value does not go on over"
                                    + " lines; write it in one");
        } else if (CONTROL.matcher(t).find()) {
            problem = Optional.of("there is a control character in it");
        } else if (at < 0) {
            problem = Optional.of("it is no comment and has no '='; write key=value");
        } else if (!KEY.matcher(key).matches()) {
            problem =
                    Optional.of(
                            "'%s' before '%s' is no key: it is empty or has blanks, quotes or"
                                            .formatted(
                                                    CONTROL.matcher(key).replaceAll("?"),
                                                    t.charAt(at))
                                    + " backslashes");
        }
        if (problem.isPresent()) {
            errors.add(new Problem(file, number, "", problem.get()));
            return none;
        }
        return new Line(text, end, Optional.of(key), value);
    }

    private static int separator(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) != '=' && line.charAt(at) != ':') {
            at++;
        }
        return at < line.length() ? at : -1;
    }

    /** Without blanks and tabs at both ends; of all other characters none is taken away. */
    private static String trim(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && " \t".indexOf(text.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && " \t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(begin, end);
    }

    /** Why the file as a whole cannot be read; empty where it can. */
    List<Problem> errors() {
        return errors;
    }

    /** What can be read, and may be meant otherwise. */
    List<Problem> hints() {
        return hints;
    }

    /** Values by key, in the order of the file. Of a key that is there twice the last one holds. */
    Map<String, Value> values() {
        Map<String, String> spelling = new LinkedHashMap<>();
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Line l = lines.get(i);
            if (l.key().isPresent()) {
                String key = l.key().get();
                // Config Admin's keys differ in more than case.
                String before = spelling.put(key.toLowerCase(Locale.ROOT), key);
                if (before != null) {
                    values.remove(before);
                }
                values.put(key, new Value(l.value(), i + 1));
            }
        }
        return values;
    }

    /**
     * The text with another value for a key, in its place, or at the end.
     *
     * @param value empty takes the key away
     * @throws IllegalArgumentException where it could not be read as that value again
     */
    CfgText with(String key, String value) {
        if (!KEY.matcher(key).matches()
                || separator(key) >= 0
                || "#!".indexOf(key.charAt(0)) >= 0) {
            throw new IllegalArgumentException("'" + key + "' is no key");
        }
        if (CONTROL.matcher(value).find() || !trim(value).equals(value)) {
            throw new IllegalArgumentException(
                    "a value is one line without control characters, and without blanks around it");
        }
        List<Line> next = new ArrayList<>();
        boolean done = value.isEmpty();
        for (Line l : lines) {
            if (l.key().filter(key::equalsIgnoreCase).isEmpty()) {
                next.add(l);
            } else if (!done) {
                next.add(entry(key, value, l.end()));
                done = true;
            }
        }
        String end = lines.isEmpty() || lines.get(0).end().isEmpty() ? "\n" : lines.get(0).end();
        if (!done) {
            if (!next.isEmpty() && next.get(next.size() - 1).end().isEmpty()) {
                Line last = next.remove(next.size() - 1);
                next.add(new Line(last.text(), end, last.key(), last.value()));
            }
            next.add(entry(key, value, end));
        }
        return new CfgText(file, mark, next, errors, hints);
    }

    private static Line entry(String key, String value, String end) {
        return new Line(key + " = " + value, end, Optional.of(key), value);
    }

    /** The whole file. */
    byte[] bytes() {
        return FileText.encode(toString(), mark);
    }

    /** The whole text, without a byte order mark. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(l -> text.append(l.text()).append(l.end()));
        return text.toString();
    }
}
