package io.trinity.policy;

import io.trinity.api.config.PluginSettings.PluginSetting;
import io.trinity.api.config.Spelling;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.SettingType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a plugin's configured settings holds. Pure.
 *
 * @param values that hold, by key without prefix; where nothing is known of the plugin all do
 * @param problems of keys that do not hold, by key without prefix
 */
record SettingReading(Map<String, String> values, Map<String, String> problems) {
    static final String PREFIX = "config.";

    SettingReading {
        values = Map.copyOf(values);
        problems = Map.copyOf(problems);
    }

    /**
     * Reads them.
     *
     * @param configured by key without prefix
     * @param declared by the plugin's manifest; null where the plugin is not loaded
     * @param last what held before
     */
    static SettingReading of(
            String plugin,
            Map<String, String> configured,
            @Nullable Map<String, Manifest.Setting> declared,
            Map<String, String> last) {
        if (declared == null) {
            return new SettingReading(configured, Map.of());
        }
        Map<String, String> values = new HashMap<>();
        Map<String, String> problems = new TreeMap<>();
        configured.forEach(
                (key, text) -> {
                    Manifest.Setting setting = declared.get(key);
                    if (setting == null) {
                        problems.put(key, unknown(plugin, key, declared.keySet()));
                    } else if (SettingValue.fits(setting.type(), text)) {
                        values.put(key, text);
                    } else {
                        String before = last.get(key);
                        boolean good = before != null && SettingValue.fits(setting.type(), before);
                        if (good) {
                            values.put(key, before);
                        }
                        problems.put(key, unfit(plugin, setting, text, good ? before : null));
                    }
                });
        return new SettingReading(values, problems);
    }

    private static String unknown(String plugin, String key, Set<String> declared) {
        String instead =
                declared.isEmpty()
                        ? "; it declares none"
                        : Spelling.nearest(key, declared)
                                .map(n -> "; did you mean " + PREFIX + n + "?")
                                .orElse(
                                        "; it declares "
                                                + PREFIX
                                                + String.join(
                                                        ", " + PREFIX, new TreeSet<>(declared)));
        return "plugin '%s' declares no such setting; it has no effect%s"
                .formatted(plugin, instead);
    }

    private static String unfit(
            String plugin, Manifest.Setting setting, String text, @Nullable String lastGood) {
        boolean secret = setting.secret();
        Optional<String> holds = Optional.ofNullable(lastGood).or(setting::defaultValue);
        return "%s is not %s, as plugin '%s' declares it; %s"
                .formatted(
                        secret ? "its value" : "'" + text + "'",
                        kind(setting.type()),
                        plugin,
                        holds.map(
                                        v ->
                                                (secret ? "what was" : v)
                                                        + (lastGood == null
                                                                ? " by default holds"
                                                                : " stays in effect"))
                                .orElse("it counts as not set"));
    }

    private static String kind(SettingType type) {
        return switch (type) {
            case STRING -> "a text";
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
        };
    }

    /** All settings of a plugin, by key. */
    List<PluginSetting> of(Map<String, Manifest.Setting> declared) {
        Set<String> keys = new TreeSet<>(declared.keySet());
        keys.addAll(problems.keySet());
        List<PluginSetting> all = new ArrayList<>();
        for (String key : keys) {
            Manifest.Setting setting = declared.get(key);
            Optional<String> own = Optional.ofNullable(values.get(key));
            all.add(
                    new PluginSetting(
                            PREFIX + key,
                            own.or(
                                    () ->
                                            setting == null
                                                    ? Optional.empty()
                                                    : setting.defaultValue()),
                            own.isEmpty(),
                            setting != null && setting.secret(),
                            Optional.ofNullable(problems.get(key))));
        }
        return all;
    }
}
