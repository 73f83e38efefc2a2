package io.trinity.shell;

import io.trinity.api.config.Configurations;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.manifest.Manifest.Setting;
import io.trinity.api.plugin.PluginSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything about one plugin, for people and for programs. */
record InfoText(PluginSnapshot plugin, PluginFacts facts, Home home) {
    private static final String CONF = "conf/";

    /** A line for each fact. */
    @Override
    public String toString() {
        Lines lines = new Lines();
        lines.add("name", plugin.name());
        lines.add("version", PluginText.version(plugin));
        lines.add("type", plugin.type().map(t -> t.label()).orElse("-"));
        lines.add("state", PluginText.state(plugin));
        plugin.error().ifPresent(e -> lines.add("error", e.code() + ": " + e.message()));
        lines.all("warning", plugin.warnings());
        lines.add("generation", plugin.generation() == 0 ? "-" : "" + plugin.generation());
        lines.add("bundle", plugin.bundleId() < 0 ? "-" : "" + plugin.bundleId());
        lines.all("hooks", hooks());
        lines.all("depends on", facts.dependencies().stream().map(InfoText::dependency).toList());
        lines.all("needed by", facts.dependents());
        lines.all("capabilities", facts.verdicts().stream().map(VerdictText::line).toList());
        lines.all("limits", limits());
        lines.add(
                "memory",
                Units.bytes(plugin.memoryBytes())
                        + " ("
                        + plugin.memoryBytes()
                        + " bytes)"
                        + facts.usage()
                                .map(u -> ", at most " + Units.bytes(u.peakMemoryBytes()))
                                .orElse(""));
        lines.add("calls", calls());
        facts.usage()
                .filter(u -> u.calls() > 0)
                .ifPresent(
                        u -> {
                            lines.add("latency", UsageText.latency(u.latency()));
                            lines.add("used", UsageText.used(u));
                        });
        lines.add("file", plugin.file().isEmpty() ? "-" : file().toString());
        lines.add("sha256", plugin.digest().isEmpty() ? "-" : plugin.digest());
        lines.add(
                "configuration",
                configuration() + (isConfigured() ? "" : " (absent: defaults apply)"));
        facts.settings().forEach((key, s) -> lines.add("setting", setting(key, s)));
        return lines.toString();
    }

    /** The same as fields of JSON. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = Json.plugin(plugin);
        fields.put("hooks", plugin.hooks());
        fields.put("file", plugin.file().isEmpty() ? null : file().toString());
        fields.put("digest", plugin.digest().isEmpty() ? null : plugin.digest());
        fields.put("configuration", configuration());
        fields.put("configured", isConfigured());
        fields.put("usage", facts.usage().map(UsageText::fields).orElse(null));
        fields.put("limits", facts.limits());
        fields.put(
                "capabilities",
                facts.verdicts().stream().map(v -> VerdictText.fields(plugin.name(), v)).toList());
        fields.put("hooksInEffect", facts.hooks().stream().map(HookText::fields).toList());
        fields.put("dependencies", facts.dependencies().stream().map(InfoText::fields).toList());
        fields.put("dependents", facts.dependents());
        fields.put(
                "settings",
                facts.settings().entrySet().stream()
                        .map(e -> fields(e.getKey(), e.getValue()))
                        .toList());
        return fields;
    }

    private List<String> hooks() {
        if (facts.hooks().isEmpty()) {
            return List.of(plugin.hooks().isEmpty() ? "-" : String.join(", ", plugin.hooks()));
        }
        return facts.hooks().stream().map(InfoText::hook).toList();
    }

    private static String hook(HookSnapshot h) {
        return HookText.point(h)
                + " at "
                + h.priority()
                + (h.required() ? ", required" : "")
                + (h.enabled() ? "" : ", disabled")
                + (h.conflict().isEmpty() ? "" : ", at the same priority as " + h.conflict())
                + (h.missing().isEmpty() ? "" : "; not called, so nothing goes on: " + h.missing());
    }

    private static String dependency(PluginFacts.Dependency d) {
        return d.need().name()
                + " "
                + d.need().version()
                + d.provider()
                        .map(p -> " (" + p.version() + " is " + PluginText.state(p) + ")")
                        .orElse(" (is not there)");
    }

    private static Map<String, @Nullable Object> fields(PluginFacts.Dependency d) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", d.need().name());
        fields.put("range", d.need().version().toString());
        fields.put("version", d.provider().map(p -> p.version().toString()).orElse(null));
        fields.put("state", d.provider().map(p -> p.state().label()).orElse(null));
        return fields;
    }

    private List<String> limits() {
        return facts.limits().isEmpty()
                ? List.of()
                : List.of(
                        facts.limits().entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(" ")));
    }

    private String calls() {
        return plugin.calls()
                + ", "
                + plugin.failures()
                + " failed"
                + facts.usage()
                        .filter(u -> u.failures() > 0)
                        .map(u -> " (" + u.failuresText() + ")")
                        .orElse("")
                + facts.usage()
                        .filter(u -> u.quarantines() > 0)
                        .map(u -> ", " + u.quarantines() + " times in quarantine")
                        .orElse("")
                + (plugin.calls() == 0
                        ? ""
                        : ", average " + Units.micros(plugin.averageCallMicros()));
    }

    private String setting(String key, Setting s) {
        Optional<Configurations.Setting> own = configured(key);
        return "config."
                + key
                + own.map(c -> "=" + value(s, c)).orElse("")
                + " ("
                + type(s)
                + ", "
                + s.defaultValue().map(d -> "default " + d).orElse("no default")
                + own.map(InfoText::origin).orElse("")
                + ")"
                + (s.description().isEmpty() ? "" : " " + s.description());
    }

    private Optional<Configurations.Setting> configured(String key) {
        return Optional.ofNullable(facts.configured().get(key));
    }

    private static String origin(Configurations.Setting own) {
        return own.invalid().isEmpty()
                ? ", set in " + own.place()
                : ", what is set does not hold: see trinity:config";
    }

    private static String value(Setting s, Configurations.Setting own) {
        return s.secret() ? "(hidden)" : own.value();
    }

    private Map<String, @Nullable Object> fields(String key, Setting s) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", "config." + key);
        fields.put("type", type(s));
        fields.put("default", s.defaultValue().orElse(null));
        fields.put("configured", configured(key).map(c -> value(s, c)).orElse(null));
        fields.put("from", configured(key).map(Configurations.Setting::place).orElse(null));
        fields.put("description", s.description());
        return fields;
    }

    private static String type(Setting s) {
        return s.type().name().toLowerCase(Locale.ROOT);
    }

    private Path file() {
        return home.plugins().resolve(plugin.file());
    }

    /** An absolute path, or where else it is; of one that is absent, where it would be. */
    private String configuration() {
        return facts.place()
                .filter(p -> !p.startsWith(CONF))
                .orElseGet(() -> configurationFile().toString());
    }

    private boolean isConfigured() {
        return facts.place().filter(p -> !p.startsWith(CONF)).isPresent()
                || Files.exists(configurationFile());
    }

    private Path configurationFile() {
        String name =
                facts.place()
                        .filter(p -> p.startsWith(CONF))
                        .map(p -> p.substring(CONF.length()))
                        .orElse("io.trinity.plugin-" + plugin.name() + ".cfg");
        return home.conf().resolve(name);
    }
}
