package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import java.util.Locale;

/**
 * What is configured for stages that do not serve.
 *
 * @param policy key {@code onMissing}
 * @param millis key {@code missingMillis}: how long chunks wait for a stage, 0 to 86,400,000
 */
record MissingSettings(OnMissing policy, int millis) {
    static final MissingSettings DEFAULT = new MissingSettings(OnMissing.WAIT, 30_000);

    private static final int MOST_MILLIS = 86_400_000;

    /**
     * Reads it.
     *
     * @param last what stays in effect where a value is invalid
     */
    static MissingSettings read(ConfigValues values, MissingSettings last) {
        String word =
                values.word(
                        "onMissing",
                        DEFAULT.policy.label(),
                        last.policy.label(),
                        OnMissing.labels());
        return new MissingSettings(
                OnMissing.valueOf(word.toUpperCase(Locale.ROOT)),
                (int) values.number("missingMillis", DEFAULT.millis, last.millis, 0, MOST_MILLIS));
    }

    /** What is missing, and what comes of it, where chunks do not just go on. */
    String told(String missing) {
        return policy == OnMissing.WAIT
                ? "%s; each input waits for %s ms, then fails".formatted(missing, millis)
                : missing + "; each input fails";
    }
}
