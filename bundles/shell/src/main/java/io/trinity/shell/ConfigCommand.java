package io.trinity.shell;

import io.trinity.api.config.Configurations;
import io.trinity.api.config.Configurations.Setting;
import io.trinity.api.config.Places;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.text.Escaped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code trinity:config}: each key in effect, its value and where it comes from; and {@code
 * trinity:pids}, what completion offers.
 */
@Component(
        service = ConfigCommand.class,
        immediate = true,
        property = {
            "osgi.command.scope=trinity",
            "osgi.command.function=config",
            "osgi.command.function=pids"
        })
public final class ConfigCommand {
    static final String USAGE = "trinity:config [PID] [--json]";

    private static final String OWN = "config.";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PluginRegistry registry;

    @Descriptor("each key of the configuration, its value and where it stands; usage: " + USAGE)
    public @Nullable String config(@Descriptor("[PID] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        Configurations all =
                Present.require(configurations, Configurations.class, "io.trinity.configuration");
        Optional<String> pid =
                line.from(0).stream().findFirst().map(word -> plugin(all, word).orElse(pid(word)));
        List<Setting> settings = all.settings(pid).stream().map(this::withoutSecrets).toList();
        List<String> problems =
                all.problems().stream()
                        .filter(p -> pid.isEmpty() || p.startsWith(file(pid.get())))
                        .toList();
        if (settings.isEmpty() && problems.isEmpty() && pid.isPresent()) {
            throw new CommandFailure("nothing is configured as '" + pid.get() + "'");
        }
        if (line.has("--json")) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("settings", settings.stream().map(ConfigCommand::fields).toList());
            fields.put("problems", problems);
            return Answer.of(Json.write(fields));
        }
        Table table = new Table("PID", "KEY", "VALUE", "FROM");
        settings.forEach(s -> table.row(List.of(), s.pid(), s.key(), s.value(), from(s)));
        StringBuilder text = new StringBuilder(table.toString());
        problems.forEach(p -> text.append("CONFIG_INVALID: ").append(Escaped.line(p)).append('\n'));
        return Answer.of(text.toString());
    }

    @Descriptor("the PIDs that are configured, for completion; usage: trinity:pids")
    public List<String> pids() {
        Configurations all = configurations;
        return all == null
                ? List.of()
                : all.settings(Optional.empty()).stream().map(Setting::pid).distinct().toList();
    }

    /** A plugin says itself which of its settings are secrets. */
    private Setting withoutSecrets(Setting s) {
        PluginRegistry plugins = registry;
        boolean secret =
                plugins != null
                        && s.key().startsWith(OWN)
                        && plugins.list().stream()
                                .map(p -> plugins.candidate(p.name()))
                                .flatMap(Optional::stream)
                                .map(
                                        c ->
                                                c.manifest()
                                                        .config()
                                                        .get(s.key().substring(OWN.length())))
                                .anyMatch(own -> own != null && own.secret());
        return secret
                ? new Setting(
                        s.pid(),
                        s.key(),
                        s.value().isEmpty() ? "" : "(hidden)",
                        s.place(),
                        s.invalid().map(i -> i.replaceFirst("(?s) says .*", " says (hidden)")))
                : s;
    }

    /** The configuration of the plugin of that name, where nothing else is called so. */
    private static Optional<String> plugin(Configurations all, String word) {
        String pid = "io.trinity.plugin~" + word;
        return all.settings(Optional.of(pid(word))).isEmpty()
                        && !all.settings(Optional.of(pid)).isEmpty()
                ? Optional.of(pid)
                : Optional.empty();
    }

    /** A file's name will do, with or without its folder and ending. */
    private static String pid(String word) {
        String name = word.replaceFirst("^(conf|etc)/", "").replaceFirst("[.](cfg|config)$", "");
        String full = name.contains(".") ? name : "io.trinity." + name;
        int at = full.indexOf('-');
        return at < 0 || full.indexOf('~') >= 0
                ? full
                : full.substring(0, at) + "~" + full.substring(at + 1);
    }

    private static String from(Setting s) {
        String place = s.place().isEmpty() ? "nothing in effect" : s.place();
        return s.invalid().map(i -> place + "; " + i + ", which does not hold").orElse(place);
    }

    private static String file(String pid) {
        return Places.usual(pid).replaceFirst("[.]cfg$", "");
    }

    private static Map<String, Object> fields(Setting s) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pid", s.pid());
        fields.put("key", s.key());
        fields.put("value", s.value());
        fields.put("from", s.place());
        s.invalid().ifPresent(i -> fields.put("invalid", i));
        return fields;
    }
}
