package io.trinity.wrapper;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.ReservedNames;
import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** One value of a manifest with the path to it, so that every error can name its field. */
final class JsonField {
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    static final Pattern KEY = Pattern.compile("[a-z][a-z0-9.-]{0,62}");
    static final Pattern CONTRACT = Pattern.compile("(0|1)\\.[0-9]{1,9}");
    static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,62}:[^\\s,]{1,128}");
    static final Pattern CONTENT_TYPE =
            Pattern.compile(
                    "[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}(;[ -~]{0,128})?");
    private static final Pattern VERSION =
            Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}(\\.[0-9]{1,9}(\\.[A-Za-z0-9_-]{1,64})?)?)?");

    private final PluginRef who;
    private final ManifestWarnings warnings;
    private final String path;
    private final @Nullable Object value;
    private final Set<String> known = new HashSet<>();

    private JsonField(
            PluginRef who, ManifestWarnings warnings, String path, @Nullable Object value) {
        this.who = who;
        this.warnings = warnings;
        this.path = path;
        this.value = value;
    }

    static JsonField root(PluginRef who, ManifestWarnings warnings, Map<String, Object> map) {
        return new JsonField(who, warnings, "", map);
    }

    PluginRef who() {
        return who;
    }

    @Nullable Object value() {
        return value;
    }

    /** MANIFEST_INVALID: this field is not what is expected. */
    PluginException wrong(String expected) {
        String found =
                value == null
                        ? "null"
                        : value instanceof Map
                                ? "an object"
                                : value instanceof List<?> l
                                        ? "a list of " + l.size()
                                        : value instanceof String s
                                                ? "'" + excerpt(s) + "'"
                                                : excerpt(value.toString());
        return PluginException.of(
                ErrorCode.MANIFEST_INVALID,
                who,
                path.isEmpty()
                        ? "the manifest lacks " + expected
                        : "manifest field '%s' is %s, expected %s"
                                .formatted(Escaped.name(path), found, expected),
                "see docs/plugin-author.md");
    }

    static String excerpt(String text) {
        return Escaped.name(text, 60);
    }

    <T> String oneOf(T[] values, Function<T, String> label) {
        return "one of " + Arrays.stream(values).map(label).collect(Collectors.joining(", "));
    }

    JsonField object() {
        if (!(value instanceof Map)) {
            throw wrong("an object");
        }
        return this;
    }

    private Map<?, ?> map() {
        return value instanceof Map<?, ?> m ? m : Map.of();
    }

    List<String> names(int most) {
        if (map().size() > most) {
            throw wrong("at most " + most + " entries");
        }
        return map().keySet().stream().map(String::valueOf).sorted().toList();
    }

    Optional<JsonField> optional(String name) {
        known.add(name);
        return map().containsKey(name)
                ? Optional.of(child(name, map().get(name)))
                : Optional.empty();
    }

    JsonField required(String name) {
        return optional(name)
                .orElseThrow(
                        () ->
                                PluginException.of(
                                        ErrorCode.MANIFEST_INVALID,
                                        who,
                                        "manifest field '"
                                                + (path.isEmpty() ? name : path + "." + name)
                                                + "' is missing",
                                        "see docs/plugin-author.md"));
    }

    private JsonField child(String name, @Nullable Object child) {
        String p = path.isEmpty() ? name : name.startsWith("[") ? path + name : path + "." + name;
        return new JsonField(who, warnings, p, child);
    }

    <T> List<T> list(String name, int most, Function<JsonField, T> each) {
        Optional<JsonField> field = optional(name);
        if (field.isEmpty()) {
            return List.of();
        }
        if (!(field.get().value instanceof List<?> items)) {
            throw field.get().wrong("a list");
        }
        if (items.size() > most) {
            throw field.get().wrong("at most " + most + " entries");
        }
        List<T> result = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            result.add(each.apply(field.get().child("[" + i + "]", items.get(i))));
        }
        return result;
    }

    boolean isText() {
        return value instanceof String;
    }

    String text(int most) {
        if (!(value instanceof String s)) {
            throw wrong("a string");
        }
        if (s.length() > most) {
            throw wrong("at most " + most + " characters");
        }
        return plain(s);
    }

    /** People decide by these texts: no character in them may steer a terminal or break a line. */
    private String plain(String s) {
        int i = Escaped.firstEscaped(s);
        if (i >= 0) {
            throw PluginException.of(
                    ErrorCode.MANIFEST_INVALID,
                    who,
                    String.format(
                            Locale.ROOT,
                            "manifest field '%s' is '%s', expected text of one line without"
                                + " control, format and invisible characters, with at most %s"
                                + " blanks and %s combining marks in a row: character %s is U+%04X",
                            path,
                            excerpt(s),
                            Escaped.MOST_BLANKS,
                            Escaped.MOST_MARKS,
                            s.codePointCount(0, i) + 1,
                            s.codePointAt(i)),
                    "take that character out of the manifest; see docs/plugin-author.md");
        }
        return s;
    }

    String text(Pattern pattern) {
        String s = text(4096);
        if (!pattern.matcher(s).matches()) {
            throw wrong("text that matches " + pattern);
        }
        return s;
    }

    /** A name that the plugin gives to something of its own, and so none of the host's. */
    String ownName() {
        String s = text(NAME);
        if (ReservedNames.isWithinReserved(s)) {
            throw wrong(
                    "another name: "
                            + ReservedNames.words()
                            + ", however they are spelled, alone and as the first part of a name,"
                            + " are the host's own; choose one that says what the plugin does");
        }
        return s;
    }

    boolean bool() {
        if (!(value instanceof Boolean b)) {
            throw wrong("true or false");
        }
        return b;
    }

    long integer(long least, long most) {
        String expected =
                most == Long.MAX_VALUE
                        ? "an integer of at least " + least
                        : "an integer from " + least + " to " + most;
        if (!(value instanceof Integer || value instanceof Long)) {
            throw wrong(expected);
        }
        long n = ((Number) value).longValue();
        if (n < least || n > most) {
            throw wrong(expected);
        }
        return n;
    }

    Version version() {
        return new Version(text(VERSION));
    }

    VersionRange range() {
        String s = text(200);
        try {
            return new VersionRange(s);
        } catch (IllegalArgumentException e) {
            throw wrong("an OSGi version or range such as 1.0 or [1.0,2.0)");
        }
    }

    /** Warns of every field of this object that was never asked for. */
    void warnOfUnknown() {
        for (Object name : map().keySet()) {
            if (!known.contains(name)) {
                warnings.unknown(
                        (path.isEmpty() ? "" : Escaped.name(path) + ".")
                                + excerpt(String.valueOf(name)));
            }
        }
    }
}
