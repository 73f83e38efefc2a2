package io.trinity.launcher;

import io.trinity.api.text.Escaped;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which names a home's folder may have: all, also with blanks, colons, commas and letters of any
 * language, but those that a library below would read as something else. Pure.
 */
final class HomeName {
    /** Set for {@code conf/logback.xml}: the log's folder as a part of a pattern of file names. */
    static final String LOG_PATTERN_PROPERTY = "trinity.log.pattern";

    private static final Map<Pattern, String> REFUSED = new LinkedHashMap<>();

    static {
        REFUSED.put(Pattern.compile("\\p{Cntrl}"), "a control character");
        REFUSED.put(Pattern.compile("[{}]|:-"), "'{', '}' or ':-', which mean variables in conf/");
        REFUSED.put(Pattern.compile("!(/|$)"), "a '!' at the end, which means a jar to the JVM");
        REFUSED.put(Pattern.compile("\\\\"), "a backslash, which the storage reads as a folder");
    }

    private HomeName() {}

    /** Why no host starts there, in one line; empty where one does. */
    static Optional<String> refusal(Path home) {
        String name = home.toString().replace(home.getFileSystem().getSeparator(), "/");
        return REFUSED.entrySet().stream()
                .filter(e -> e.getKey().matcher(name).find())
                .map(
                        e ->
                                "home="
                                        + Escaped.line(name)
                                        + ": its path has "
                                        + e.getValue()
                                        + "; choose a folder with another name")
                .findFirst();
    }

    /**
     * The folder's path with what a pattern of file names reads as dates and numbers as what gives
     * it back.
     */
    static String inPattern(Path folder) {
        return folder.toString().replace("%", "%d{'%',aux}");
    }
}
