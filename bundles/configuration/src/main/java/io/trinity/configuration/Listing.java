package io.trinity.configuration;

import io.trinity.api.config.Configurations.Setting;
import io.trinity.api.config.PluginSettings.PluginSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;

/** All keys with their values and places. Pure but for the schema. */
final class Listing {
    private static final String HIDDEN = "(hidden)";
    private static final String DEFAULT = "default";
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i).*(password|passwd|passphrase|secret|token|credential|api.?key).*");

    private final Schema schema;
    private final Map<String, Map<String, Object>> stored;
    private final Map<String, ConfFile> files;
    private final Map<String, Map<String, Object>> lastGood;
    private final Function<String, List<PluginSetting>> plugins;

    /**
     * @param stored what Config Admin has, by PID
     * @param files those in effect, by PID
     * @param lastGood the values of files that are or were valid, by PID and key
     * @param plugins what plugins declare, by PID
     */
    Listing(
            Schema schema,
            Map<String, Map<String, Object>> stored,
            Map<String, ConfFile> files,
            Map<String, Map<String, Object>> lastGood,
            Function<String, List<PluginSetting>> plugins) {
        this.schema = schema;
        this.lastGood = lastGood;
        this.plugins = plugins;
        this.stored = stored;
        this.files = files;
    }

    /** See {@link io.trinity.api.config.Configurations#settings}. */
    List<Setting> settings(Optional<String> only) {
        Map<String, Pid> pids = new TreeMap<>();
        schema.singletons().keySet().forEach(p -> pids.put(p, new Pid(p, Optional.empty())));
        stored.keySet().stream()
                .filter(p -> p.startsWith(Schema.OURS))
                .forEach(p -> pids.put(p, pid(p)));
        List<Setting> settings = new ArrayList<>();
        pids.forEach(
                (text, pid) -> {
                    if (only.isEmpty() || only.get().equals(text) || only.get().equals(pid.pid())) {
                        add(text, pid, settings);
                    }
                });
        return settings;
    }

    private static Pid pid(String text) {
        int at = text.indexOf('~');
        return at < 0
                ? new Pid(text, Optional.empty())
                : new Pid(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    private void add(String text, Pid pid, List<Setting> settings) {
        Optional<Map<String, AttributeDefinition>> schemaKeys = schema.keys(pid);
        Map<String, Object> values = new LinkedHashMap<>(stored.getOrDefault(text, Map.of()));
        schemaKeys
                .orElse(Map.of())
                .forEach((key, a) -> settings.add(known(text, pid, key, values.remove(key), a)));
        for (PluginSetting own : plugins.apply(text)) {
            settings.add(own(text, own, values.remove(own.key())));
        }
        values.forEach(
                (key, value) -> {
                    if (!key.startsWith("service.") && !key.startsWith("felix.")) {
                        boolean taken = schemaKeys.isEmpty() || Schema.isOpen(pid.pid(), key);
                        String shown = SECRET.matcher(key).matches() ? HIDDEN : text(value);
                        settings.add(
                                taken
                                        ? valid(text, key, shown, place(text, key))
                                        : new Setting(
                                                text,
                                                key,
                                                "",
                                                "",
                                                Optional.of(says(text, key, shown))));
                    }
                });
    }

    /** A key that Metatype names. */
    private Setting known(
            String text, Pid pid, String key, @Nullable Object value, AttributeDefinition a) {
        if (value == null) {
            return fallback(text, pid, key, a);
        }
        boolean secret =
                a.getType() == AttributeDefinition.PASSWORD || SECRET.matcher(key).matches();
        if (Validation.invalid(a, value).isEmpty()) {
            return valid(text, key, secret ? HIDDEN : text(value), place(text, key));
        }
        Optional<String> invalid = Optional.of(says(text, key, secret ? HIDDEN : text(value)));
        Object before = lastGood.getOrDefault(text, Map.of()).get(key);
        if (before != null) {
            return new Setting(
                    text,
                    key,
                    secret ? HIDDEN : text(before),
                    place(text, "") + " before",
                    invalid);
        }
        Setting s = fallback(text, pid, key, a);
        return files.containsKey(text)
                ? new Setting(text, key, s.value(), s.place(), invalid)
                : new Setting(text, key, "", "the last good one, else " + s.place(), invalid);
    }

    /** What holds where nothing is configured. */
    private Setting fallback(String text, Pid pid, String key, AttributeDefinition a) {
        Map<String, AttributeDefinition> general =
                schema.singletons().getOrDefault(Schema.LIMITS, Map.of());
        if (pid.pid().equals(Schema.PLUGIN) && general.containsKey(key)) {
            Object value = stored.getOrDefault(Schema.LIMITS, Map.of()).get(key);
            Setting s =
                    known(
                            Schema.LIMITS,
                            new Pid(Schema.LIMITS, Optional.empty()),
                            key,
                            value,
                            general.get(key));
            return valid(text, key, s.value(), s.place());
        }
        String[] values = a.getDefaultValue();
        return valid(text, key, values == null ? "" : String.join(",", values), DEFAULT);
    }

    /** A plugin's own setting. */
    private Setting own(String pid, PluginSetting own, @Nullable Object configured) {
        boolean secret = own.secret() || SECRET.matcher(own.key()).matches();
        String value = own.value().map(v -> secret ? HIDDEN : v).orElse("");
        Optional<String> invalid =
                own.problem().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                says(
                                        pid,
                                        own.key(),
                                        secret || configured == null ? HIDDEN : text(configured)));
        String place =
                own.isDefault()
                        ? own.value().isEmpty() ? "" : DEFAULT
                        : invalid.isEmpty() ? place(pid, own.key()) : place(pid, "") + " before";
        return new Setting(pid, own.key(), value, place, invalid);
    }

    private static Setting valid(String pid, String key, String value, String place) {
        return new Setting(pid, key, value, place, Optional.empty());
    }

    private String says(String pid, String key, String value) {
        return "%s says %s"
                .formatted(place(pid, key), value.equals(HIDDEN) ? value : "'" + value + "'");
    }

    private static String text(Object value) {
        return value instanceof Object[] || value instanceof java.util.Collection
                ? String.join(",", ChangedFile.items(value))
                : value.toString();
    }

    private String place(String pid, String key) {
        ConfFile file = files.get(pid);
        if (file == null) {
            return "Config Admin";
        }
        Integer line = file.lines().get(key);
        return "conf/" + file.name() + (line == null ? "" : ":" + line);
    }
}
