package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.config.PluginSettings.PluginSetting;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.SettingType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingReadingTest {
    private static final Map<String, Manifest.Setting> DECLARED =
            Map.of(
                    "lowercase",
                    new Manifest.Setting(SettingType.BOOLEAN, Optional.of("true"), ""),
                    "top",
                    new Manifest.Setting(SettingType.INTEGER, Optional.empty(), ""),
                    "pin",
                    new Manifest.Setting(SettingType.INTEGER, Optional.of("4711"), "", true));

    private static SettingReading read(Map<String, String> configured, Map<String, String> last) {
        return SettingReading.of("tokenizer", configured, DECLARED, last);
    }

    @Test
    void aKeyThatThePluginDoesNotDeclareIsToldWithTheNearestOne() {
        SettingReading r = read(Map.of("lowercas", "false", "colour", "red"), Map.of());
        assertEquals(Map.of(), r.values());
        assertEquals(
                "plugin 'tokenizer' declares no such setting; it has no effect; did you mean"
                        + " config.lowercase?",
                r.problems().get("lowercas"));
        assertTrue(
                r.problems()
                        .get("colour")
                        .endsWith("it declares config.lowercase, config.pin, config.top"),
                r.problems()::toString);
    }

    @Test
    void aValueOfTheWrongTypeLeavesTheLastGoodOneInEffect() {
        SettingReading r =
                read(Map.of("lowercase", "maybe"), Map.of("lowercase", "false", "top", "3"));
        assertEquals(Map.of("lowercase", "false"), r.values());
        assertEquals(
                Map.of(
                        "lowercase",
                        "'maybe' is not true or false, as plugin 'tokenizer' declares it; false"
                                + " stays in effect"),
                r.problems());
    }

    @Test
    void withoutALastGoodOneTheDefaultHoldsOrTheKeyCountsAsNotSet() {
        SettingReading r =
                read(Map.of("lowercase", "1", "top", "1.5"), Map.of("lowercase", "perhaps"));
        assertEquals(Map.of(), r.values());
        assertTrue(r.problems().get("lowercase").endsWith("; true by default holds"));
        assertTrue(r.problems().get("top").endsWith("; it counts as not set"));
    }

    @Test
    void aSecretIsInNoProblem() {
        String told = read(Map.of("pin", "zero"), Map.of("pin", "123")).problems().get("pin");
        assertFalse(told.contains("zero") || told.contains("123"), told);
        told = read(Map.of("pin", "zero"), Map.of()).problems().get("pin");
        assertFalse(told.contains("zero") || told.contains("4711"), told);
    }

    @Test
    void ofAPluginThatIsNotLoadedNothingIsSaidAndAllHolds() {
        Map<String, String> any = Map.of("whatever", "x");
        assertEquals(
                new SettingReading(any, Map.of()),
                SettingReading.of("tokenizer", any, null, Map.of()));
    }

    @Test
    void allSettingsAreListedWithWhatIsInEffect() {
        Map<String, PluginSetting> all =
                read(Map.of("top", "7", "lowercas", "no"), Map.of()).of(DECLARED).stream()
                        .collect(Collectors.toMap(PluginSetting::key, s -> s));
        assertEquals(4, all.size());
        assertEquals(
                new PluginSetting("config.top", Optional.of("7"), false, false, Optional.empty()),
                all.get("config.top"));
        assertEquals(
                new PluginSetting(
                        "config.lowercase", Optional.of("true"), true, false, Optional.empty()),
                all.get("config.lowercase"));
        assertTrue(all.get("config.pin").secret());
        assertTrue(all.get("config.lowercas").problem().isPresent());
    }
}
