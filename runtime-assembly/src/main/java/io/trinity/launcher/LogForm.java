package io.trinity.launcher;

import io.trinity.api.home.FileWords;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How the log is written, from {@code conf/io.trinity.log.cfg}: Logback is configured before there
 * is a framework, and so before Config Admin. System properties of the same meaning win, for who
 * has only a command line.
 *
 * @param format {@code text} or {@code json}
 * @param stdout whether lines go to standard output too
 */
record LogForm(String format, boolean stdout) {
    static final String FORMAT_PROPERTY = "trinity.log.format";
    static final String STDOUT_PROPERTY = "trinity.log.stdout";

    private static final String NAME = "io.trinity.log.cfg";

    /**
     * Reads it; what is not valid is told in one line, and the default holds.
     *
     * @param properties the system's, by name; null where there is none
     */
    static LogForm read(Path conf, UnaryOperator<String> properties, PrintStream problems) {
        Map<String, String> values = new TreeMap<>();
        try {
            Files.readString(conf.resolve(NAME), StandardCharsets.UTF_8)
                    .replace("\ufeff", "")
                    .lines()
                    .filter(l -> !l.isBlank() && "#!".indexOf(l.strip().charAt(0)) < 0)
                    .map(l -> l.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> values.put(pair[0].strip(), pair[1].strip()));
        } catch (NoSuchFileException e) {
            // The usual case: all defaults.
        } catch (IOException e) {
            problems.println(
                    "CONFIG_INVALID: conf/" + NAME + ": it cannot be read: " + FileWords.of(e));
        }
        override(values, "format", properties.apply(FORMAT_PROPERTY));
        override(values, "stdout", properties.apply(STDOUT_PROPERTY));
        String format = values.getOrDefault("format", "text");
        if (!format.equals("text") && !format.equals("json")) {
            tell(problems, "format", format, "text or json", "text");
            format = "text";
        }
        String stdout = values.getOrDefault("stdout", "false");
        if (!stdout.equals("true") && !stdout.equals("false")) {
            tell(problems, "stdout", stdout, "true or false", "false");
        }
        return new LogForm(format, stdout.equals("true"));
    }

    /** Tells Logback, whose file reads system properties. */
    void set() {
        System.setProperty(FORMAT_PROPERTY, format);
        System.setProperty(STDOUT_PROPERTY, stdout ? "stdout-" + format : "none");
    }

    private static void override(
            Map<String, String> values, String key, @org.jspecify.annotations.Nullable String by) {
        if (by != null) {
            values.put(key, by);
        }
    }

    private static void tell(
            PrintStream to, String key, String value, String expected, String instead) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
        to.println(
                "CONFIG_INVALID: conf/%s: %s=%s is not %s; %s is used"
                        .formatted(NAME, key, Escaped.line(shown), expected, instead));
    }
}
