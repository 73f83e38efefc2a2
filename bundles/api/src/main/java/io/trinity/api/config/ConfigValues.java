package io.trinity.api.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of one configuration as Config Admin has them. Declarative Services would let a
 * component vanish over a text where a number belongs; here such a value is told of, and the one
 * that was in effect before stays.
 */
public final class ConfigValues {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");

    private final String pid;
    private final Map<String, ?> values;
    private final Consumer<String> problems;

    /**
     * @param pid for messages: conf/PID.cfg
     * @param values by key; may hold keys of the framework's
     * @param problems told of each invalid value, in one sentence
     */
    public ConfigValues(String pid, Map<String, ?> values, Consumer<String> problems) {
        this.pid = pid;
        this.values = values;
        this.problems = problems;
    }

    /**
     * A whole number.
     *
     * @param absent where the key is not set
     * @param lastGood where the value is invalid
     */
    public long number(String key, long absent, long lastGood, long least, long most) {
        Object raw = values.get(key);
        if (raw == null) {
            return absent;
        }
        try {
            long n = wholeNumber(raw);
            if (n >= least && n <= most) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below, as a value out of range is
        }
        tell(key, raw, "a whole number from " + least + " to " + most, Long.toString(lastGood));
        return lastGood;
    }

    /**
     * A whole number in digits 0 to 9. Other scripts' digits, which {@link Long#parseLong} takes,
     * are none: who looks at the file must see what holds.
     *
     * @throws NumberFormatException if it is none, or more than a long holds
     */
    public static long wholeNumber(Object value) {
        String text = value.toString().trim();
        if (!WHOLE.matcher(text).matches()) {
            throw new NumberFormatException(text);
        }
        return Long.parseLong(text);
    }

    /** A value for a message: lists with commas. */
    public static String text(Object value) {
        return value instanceof Object[] list
                ? Arrays.stream(list).map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }

    /** {@code true} or {@code false}; see {@link #number}. */
    public boolean flag(String key, boolean absent, boolean lastGood) {
        Object raw = values.get(key);
        String text = raw == null ? Boolean.toString(absent) : raw.toString().trim();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        tell(key, text, "true or false", Boolean.toString(lastGood));
        return lastGood;
    }

    /** One of some words; see {@link #number}. */
    public String word(String key, String absent, String lastGood, Collection<String> words) {
        Object raw = values.get(key);
        String text = raw == null ? absent : raw.toString().trim();
        if (words.contains(text)) {
            return text;
        }
        tell(key, text, "one of " + words, lastGood);
        return lastGood;
    }

    /** Whether a key has a value, be it an empty one. */
    public boolean isSet(String key) {
        return values.get(key) != null;
    }

    /**
     * Names, as a list or as one text with commas: a .cfg file knows no lists. Empty where not set.
     */
    public List<String> names(String key, List<String> absent) {
        Object raw = values.get(key);
        if (raw == null) {
            return absent;
        }
        Collection<?> items =
                raw instanceof Collection<?> c
                        ? c
                        : raw instanceof Object[] a ? Arrays.asList(a) : List.of(raw);
        return items.stream()
                .flatMap(i -> Arrays.stream(i.toString().split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private void tell(String key, @Nullable Object raw, String expected, String lastGood) {
        problems.accept(
                "%s: %s=%s is not %s; %s stays in effect"
                        .formatted(
                                Places.of(pid),
                                key,
                                raw == null ? "" : text(raw),
                                expected,
                                lastGood));
    }
}
