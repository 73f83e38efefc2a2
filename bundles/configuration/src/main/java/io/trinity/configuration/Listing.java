package io.trinity.configuration;

import io.trinity.api.config.Configurations.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    /**
     * @param stored what Config Admin has, by PID
     * @param files those in effect, by PID
     */
    Listing(Schema schema, Map<String, Map<String, Object>> stored, Map<String, ConfFile> files) {
        this.schema = schema;
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
        Map<String, AttributeDefinition> keys = schema.keys(pid).orElse(Map.of());
        Map<String, Object> values = new LinkedHashMap<>(stored.getOrDefault(text, Map.of()));
        keys.forEach(
                (key, a) -> {
                    Object value = values.remove(key);
                    if (value != null) {
                        settings.add(setting(text, key, value, a));
                    } else if (pid.pid().equals(Schema.PLUGIN)
                            && schema.singletons()
                                    .getOrDefault(Schema.LIMITS, Map.of())
                                    .containsKey(key)) {
                        Object general = stored.getOrDefault(Schema.LIMITS, Map.of()).get(key);
                        settings.add(
                                general == null
                                        ? byDefault(text, key, a)
                                        : new Setting(
                                                text,
                                                key,
                                                String.valueOf(general),
                                                place(Schema.LIMITS, key)));
                    } else {
                        settings.add(byDefault(text, key, a));
                    }
                });
        values.forEach(
                (key, value) -> {
                    if (!key.startsWith("service.") && !key.startsWith("felix.")) {
                        settings.add(
                                new Setting(
                                        text,
                                        key,
                                        SECRET.matcher(key).matches() ? HIDDEN : text(value),
                                        place(text, key)));
                    }
                });
    }

    private Setting setting(String pid, String key, Object value, AttributeDefinition a) {
        boolean secret =
                a.getType() == AttributeDefinition.PASSWORD || SECRET.matcher(key).matches();
        return new Setting(pid, key, secret ? HIDDEN : text(value), place(pid, key));
    }

    private static Setting byDefault(String pid, String key, AttributeDefinition a) {
        String[] values = a.getDefaultValue();
        return new Setting(pid, key, values == null ? "" : String.join(",", values), DEFAULT);
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
