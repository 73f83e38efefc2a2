package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.policy.Limits;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitKeysTest {
    private final PolicyOf policies = new PolicyOf();

    @ParameterizedTest(name = "{0} takes {1} to {2}, {3} by default, and nothing else")
    @CsvSource({
        "memoryBytes,  65536, 4294967296,          16777216",
        "cpuMillis,    1,     3600000,             100",
        "wallMillis,   1,     3600000,             1000",
        "fuel,         0,     9223372036854775807, 0",
        "stackBytes,   1024,  1048576,             65536",
        "hookDepth,    1,     16,                  4",
        "hooks,        0,     1000,                16",
        "dependencies, 0,     1000,                8",
        "hostCalls,    0,     2147483647,          10000",
        "queue,        0,     100000,              64",
        "initMillis,   1,     3600000,             1000",
        "logLines,     0,     1000000,             100"
    })
    void everyKeyHasItsRangeAndItsDefault(String key, long least, long most, long byDefault)
            throws Exception {
        assertEquals(byDefault, get(policies.limits(Map.of()).defaults(), key));
        for (long good : new long[] {least, most, least + 1}) {
            assertEquals(good, get(policies.limits(Map.of(key, good)).defaults(), key));
            assertEquals(good, get(policies.limits(Map.of(key, " " + good + " ")).defaults(), key));
            assertEquals(List.of(), policies.told);
        }
        long lastGood = least + 1;
        List<Object> invalid =
                List.of(least - 1, "1" + most, "many", "", "1.5", "0x10", new long[] {5}, true);
        for (Object bad : invalid) {
            assertEquals(lastGood, get(policies.limits(Map.of(key, bad)).defaults(), key));
            assertEquals(1, policies.told.size(), () -> "told: " + policies.told);
            String told = policies.told.get(0);
            assertTrue(told.startsWith("conf/io.trinity.limits.cfg: " + key + "="), told);
            assertTrue(told.contains("from " + least + " to " + most), told);
            assertTrue(told.contains("; " + lastGood + " stays in effect"), told);
        }
        assertEquals(byDefault, get(policies.limits(Map.of()).defaults(), key));
    }

    @Test
    void everyLimitIsReadIntoItsOwnField() throws Exception {
        for (RecordComponent own : Limits.class.getRecordComponents()) {
            Limits changed = policies.limits(Map.of(own.getName(), "70000")).defaults();
            boolean inRange = policies.told.isEmpty();
            Object value = inRange ? "70000" : "2";
            if (!inRange) {
                changed = policies.limits(Map.of(own.getName(), value)).defaults();
            }
            for (RecordComponent c : Limits.class.getRecordComponents()) {
                long expected =
                        c.getName().equals(own.getName())
                                ? Long.parseLong(value.toString())
                                : get(Limits.DEFAULT, c.getName());
                assertEquals(expected, get(changed, c.getName()), own + " changes " + c);
            }
            policies.limits(Map.of());
        }
    }

    @Test
    void theMetatypeHasTheSameKeysAndDefaults() throws Exception {
        Set<String> described =
                Arrays.stream(LimitsDefinition.class.getDeclaredMethods())
                        .filter(m -> !m.isSynthetic())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(HashSet::new));
        Set<String> read =
                Arrays.stream(Limits.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet());
        // The one limit that is not a plugin's.
        assertTrue(described.remove("totalMemoryBytes"));
        assertEquals(read, described);
        for (String key : described) {
            assertTrue(LimitKeys.isKey(key), key);
            Object shown = LimitsDefinition.class.getDeclaredMethod(key).getDefaultValue();
            assertEquals(get(Limits.DEFAULT, key), ((Number) shown).longValue(), key);
        }
    }

    private static long get(Limits limits, String key) throws Exception {
        return ((Number) Limits.class.getMethod(key).invoke(limits)).longValue();
    }
}
