package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a pipeline does with files.
 *
 * @param ignore names that are left in the inbox: {@code *} stands for any text, {@code ?} for one
 *     character, capitals do not count; names that begin with a dot are always left
 * @param replace whether a result takes the place of one of its name; else it gets a number
 * @param keepInputs whether files that went through are kept
 * @param processed how long and how much of those that went through
 * @param failed how long and how much of those that did not
 */
record FileSettings(
        List<String> ignore, boolean replace, boolean keepInputs, Bounds processed, Bounds failed) {
    /** Names that uploaders use for what they have not finished, and editors for their own. */
    private static final List<String> UNFINISHED = unfinished();

    static final FileSettings DEFAULTS =
            new FileSettings(UNFINISHED, false, true, new Bounds(30, 4096), new Bounds(90, 4096));

    private static final int MOST_DAYS = 36_500;
    private static final long MOST_MEBIBYTES = 1L << 30;

    /**
     * What is kept at most; the oldest goes first.
     *
     * @param days 0 for without end
     * @param mebibytes 0 for without end
     */
    record Bounds(int days, long mebibytes) {}

    /** They stand in Metatype's words, and nowhere else. */
    private static List<String> unfinished() {
        try {
            Method ignore = PipelineDefinition.class.getDeclaredMethod("ignore");
            return List.of((String[]) ignore.getDefaultValue());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    FileSettings {
        ignore = List.copyOf(ignore);
    }

    static FileSettings read(Map<String, ?> values, ConfigValues v, FileSettings last) {
        String conflict =
                v.word(
                        "onConflict",
                        "number",
                        last.replace ? "replace" : "number",
                        List.of("number", "replace"));
        return new FileSettings(
                v.names("ignore", UNFINISHED),
                conflict.equals("replace"),
                v.flag("keepInputs", true, last.keepInputs),
                bounds(v, "processed", DEFAULTS.processed, last.processed),
                bounds(v, "failed", DEFAULTS.failed, last.failed));
    }

    private static Bounds bounds(ConfigValues v, String key, Bounds absent, Bounds last) {
        return new Bounds(
                (int) v.number(key + "Days", absent.days, last.days, 0, MOST_DAYS),
                v.number(key + "Mebibytes", absent.mebibytes, last.mebibytes, 0, MOST_MEBIBYTES));
    }

    /** Whether a name in the inbox is none of an input's. */
    boolean ignores(String name) {
        return name.startsWith(".") || ignore.stream().anyMatch(p -> matches(p, name));
    }

    private static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(name.toLowerCase(Locale.ROOT))
                .matches();
    }
}
