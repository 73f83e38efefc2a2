package io.trinity.policy;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.policy.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The limits by key: range, default, and how a configured value is read. Pure. */
final class LimitKeys {
    private static final long GIB = 1L << 30;

    /** Key and range of one limit. */
    private record Key(
            String name, long least, long most, java.util.function.ToLongFunction<Limits> get) {}

    private static final List<Key> KEYS =
            List.of(
                    new Key("memoryBytes", 65_536, 4 * GIB, Limits::memoryBytes),
                    new Key("cpuMillis", 1, 3_600_000, Limits::cpuMillis),
                    new Key("wallMillis", 1, 3_600_000, Limits::wallMillis),
                    new Key("fuel", 0, Long.MAX_VALUE, Limits::fuel),
                    new Key("stackBytes", 1024, 1 << 20, Limits::stackBytes),
                    new Key("hookDepth", 1, 16, Limits::hookDepth),
                    new Key("hooks", 0, 1000, Limits::hooks),
                    new Key("dependencies", 0, 1000, Limits::dependencies),
                    new Key("hostCalls", 0, Integer.MAX_VALUE, Limits::hostCalls),
                    new Key("queue", 0, 100_000, Limits::queue),
                    new Key("initMillis", 1, 3_600_000, Limits::initMillis),
                    new Key("logLines", 0, 1_000_000, Limits::logLines));

    private LimitKeys() {}

    static boolean isKey(String name) {
        return KEYS.stream().anyMatch(k -> k.name.equals(name));
    }

    /** Each limit by its key. */
    static Map<String, Long> values(Limits limits) {
        Map<String, Long> values = new LinkedHashMap<>();
        KEYS.forEach(k -> values.put(k.name, k.get.applyAsLong(limits)));
        return values;
    }

    /**
     * Limits from configured values.
     *
     * @param values as Config Admin has them
     * @param fallback where a key is absent
     * @param lastGood where a value is invalid
     * @param problems told of every invalid value
     */
    static Limits read(
            Map<String, Object> values,
            Limits fallback,
            Limits lastGood,
            Consumer<String> problems) {
        long[] v = new long[KEYS.size()];
        for (int i = 0; i < v.length; i++) {
            v[i] = value(KEYS.get(i), values, fallback, lastGood, problems);
        }
        return new Limits(
                v[0],
                (int) v[1],
                (int) v[2],
                v[3],
                (int) v[4],
                (int) v[5],
                (int) v[6],
                (int) v[7],
                (int) v[8],
                (int) v[9],
                (int) v[10],
                (int) v[11]);
    }

    private static long value(
            Key key,
            Map<String, Object> values,
            Limits fallback,
            Limits lastGood,
            Consumer<String> problems) {
        @Nullable Object raw = values.get(key.name);
        if (raw == null) {
            return key.get.applyAsLong(fallback);
        }
        try {
            long n = ConfigValues.wholeNumber(raw);
            if (n >= key.least && n <= key.most) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below, as a value out of range is
        }
        long good = key.get.applyAsLong(lastGood);
        problems.accept(
                "%s=%s is not a whole number from %s to %s; %s stays in effect"
                        .formatted(key.name, ConfigValues.text(raw), key.least, key.most, good));
        return good;
    }
}
