package io.trinity.shell;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The last lines of the log, rotated files included, that concern one plugin. */
final class LogTail {
    /** Characters of the log that are read at most, from its end; whole files. */
    private static final long MAX_CHARACTERS = 256L * 1024 * 1024;

    /** What an entry begins with; other lines belong to the entry above them. */
    private static final Pattern ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ].*");

    /** An entry of a plugin's own logger. */
    private static final Pattern PLUGINS_LINE =
            Pattern.compile("^\\S+ +[A-Z]+ +plugin\\.([a-z0-9._-]+) - ");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    /** Fields that an entry begins with; the first with quotes or blanks in it ends them. */
    private static final Pattern FIELDS = Pattern.compile("- ((?:[\\w.]+=[^\\s'\"]*(?: |$))*)");

    private static final Pattern FIELD =
            Pattern.compile("\\b(?:plugin|collector|stage|dependency)=(\\S+)");

    /** Of whom the sentence is that follows: whom it names first. */
    private static final Pattern SUBJECT =
            Pattern.compile("\\b(?:plugin|collector|stage|handler|backend|agent) '([^']*)'");

    private final String name;
    private final int count;
    private Deque<String> found = new ArrayDeque<>();
    private boolean within;

    private LogTail(String name, int count) {
        this.name = name;
        this.count = count;
    }

    /**
     * Lines of the logger {@code plugin.NAME}, and lines that name the plugin in a field before
     * their text, as {@code plugin=NAME}, or first of all plugins in it, as {@code plugin 'NAME'},
     * each with the lines that belong to it. Lines of JSON are shown as text.
     *
     * @param log the current file; those that it was rotated into stand beside it
     * @param count most lines
     */
    static List<String> of(Path log, String name, int count) throws IOException {
        return of(log, name, count, MAX_CHARACTERS);
    }

    /**
     * @param most characters, after which no other file is begun
     */
    static List<String> of(Path log, String name, int count, long most) throws IOException {
        LogTail tail = new LogTail(name, count);
        List<List<String>> newestFirst = new ArrayList<>();
        long read = 0;
        int lines = 0;
        for (Path file : LogFiles.of(log)) {
            tail.found = new ArrayDeque<>();
            tail.within = false;
            read += LogFiles.lines(file, tail::line);
            newestFirst.add(List.copyOf(tail.found));
            lines += tail.found.size();
            if (lines >= count || read >= most) {
                break;
            }
        }
        List<String> all = new ArrayList<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            all.addAll(newestFirst.get(i));
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }

    private void line(String line) {
        if (line.startsWith("{")) {
            within = false;
            // Most lines are of others: only these are taken apart.
            if (line.contains(name)) {
                json(line);
            }
            return;
        }
        if (ENTRY.matcher(line).matches()) {
            within = concerns(line);
        }
        if (within) {
            add(line);
        }
    }

    /**
     * What a plugin writes concerns that plugin, whatever it says of others: a line of its own, and
     * its words in one of the host's, which stand in quotation marks.
     */
    private boolean concerns(String entry) {
        Matcher plugins = PLUGINS_LINE.matcher(entry);
        if (plugins.find()) {
            return plugins.group(1).equals(name);
        }
        Matcher fields = FIELDS.matcher(entry);
        if (fields.find() && FIELD.matcher(fields.group(1)).results().anyMatch(this::isName)) {
            return true;
        }
        return SUBJECT.matcher(unquoted(entry)).results().limit(1).anyMatch(this::isName);
    }

    private boolean isName(MatchResult named) {
        return named.group(1).equals(name);
    }

    /** Without what stands between the first quotation mark and the last. */
    private static String unquoted(String entry) {
        int from = entry.indexOf('"');
        return from < 0
                ? entry
                : entry.substring(0, from) + entry.substring(entry.lastIndexOf('"') + 1);
    }

    private void json(String line) {
        Map<String, Object> fields;
        try {
            fields = JSON.std.mapFrom(line);
        } catch (IOException e) {
            // Cut by a full disk or a crash; there is nothing in it to show.
            return;
        }
        String text =
                "%s %-5s %s - %s"
                        .formatted(
                                time(fields.get("timestamp")),
                                fields.get("level"),
                                fields.get("loggerName"),
                                fields.get("formattedMessage"));
        if (concerns(text)) {
            add(text);
        }
    }

    private static String time(@Nullable Object millis) {
        return millis instanceof Number n
                ? TIME.format(Instant.ofEpochMilli(n.longValue()).atZone(ZoneId.systemDefault()))
                : String.valueOf(millis);
    }

    private void add(String line) {
        found.addLast(line);
        if (found.size() > count) {
            found.removeFirst();
        }
    }
}
