package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:info}. */
@Component(
        service = PluginInfo.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=info"})
public final class PluginInfo {
    static final String USAGE = "plugin:info NAME [--json]";

    private final PluginRegistry registry;
    private final Home home;

    @Activate
    public PluginInfo(BundleContext context, @Reference PluginRegistry registry) {
        this(registry, Home.of(context.getProperty(Home.PROPERTY)));
    }

    PluginInfo(PluginRegistry registry, Home home) {
        this.registry = registry;
        this.home = home;
    }

    @Descriptor("everything about one plugin; usage: " + USAGE)
    public String info(@Descriptor("NAME [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        PluginSnapshot plugin = PluginNames.require(registry, line.value(0));
        return line.has("--json") ? Json.write(fields(plugin)) : text(plugin);
    }

    private Map<String, @Nullable Object> fields(PluginSnapshot p) {
        Map<String, @Nullable Object> fields = Json.plugin(p);
        fields.put("hooks", p.hooks());
        fields.put("file", p.file().isEmpty() ? null : home.plugins().resolve(p.file()).toString());
        fields.put("digest", p.digest().isEmpty() ? null : p.digest());
        fields.put("configuration", configuration(p).toString());
        fields.put("configured", Files.exists(configuration(p)));
        return fields;
    }

    private String text(PluginSnapshot p) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("name", p.name());
        lines.put("version", p.version().toString());
        lines.put("type", p.type().map(t -> t.label()).orElse("-"));
        lines.put("state", p.state().label());
        p.error().ifPresent(e -> lines.put("error", e.code() + ": " + e.message()));
        lines.put("generation", p.generation() == 0 ? "-" : Long.toString(p.generation()));
        lines.put("bundle", p.bundleId() < 0 ? "-" : Long.toString(p.bundleId()));
        lines.put("hooks", p.hooks().isEmpty() ? "-" : String.join(", ", p.hooks()));
        lines.put("memory", Units.bytes(p.memoryBytes()) + " (" + p.memoryBytes() + " bytes)");
        lines.put(
                "calls",
                p.calls()
                        + ", "
                        + p.failures()
                        + " failed"
                        + (p.calls() == 0
                                ? ""
                                : ", average " + Units.micros(p.averageCallMicros())));
        lines.put("file", p.file().isEmpty() ? "-" : home.plugins().resolve(p.file()).toString());
        lines.put("sha256", p.digest().isEmpty() ? "-" : p.digest());
        lines.put(
                "configuration",
                configuration(p)
                        + (Files.exists(configuration(p)) ? "" : " (absent: defaults apply)"));
        StringBuilder out = new StringBuilder();
        lines.forEach((k, v) -> out.append(String.format("%-14s %s%n", k, v)));
        return out.toString();
    }

    private Path configuration(PluginSnapshot p) {
        return home.conf().resolve("io.trinity.plugin-" + p.name() + ".cfg");
    }
}
