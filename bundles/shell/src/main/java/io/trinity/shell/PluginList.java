package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:list}. */
@Component(
        service = PluginList.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=list"})
public final class PluginList {
    static final String USAGE = "plugin:list [--json]";

    private final PluginRegistry registry;

    @Activate
    public PluginList(@Reference PluginRegistry registry) {
        this.registry = registry;
    }

    @Descriptor("all plugins: state, memory, calls, errors; usage: " + USAGE)
    public @Nullable String list(@Descriptor("[--json]") String... arguments) {
        boolean json = CommandLine.parse(USAGE, arguments).has("--json");
        List<PluginSnapshot> plugins = registry.list();
        return Answer.of(
                json ? Json.write(plugins.stream().map(Json::plugin).toList()) : table(plugins));
    }

    private static String table(List<PluginSnapshot> plugins) {
        if (plugins.isEmpty()) {
            return "no plugins; drop a .wasm into the plugins folder\n";
        }
        Table table =
                new Table(
                        "NAME",
                        "VERSION",
                        "TYPE",
                        "STATE",
                        ">GEN",
                        ">BUNDLE",
                        ">MEMORY",
                        ">CALLS",
                        ">FAILED",
                        ">AVERAGE");
        for (PluginSnapshot p : plugins) {
            table.row(
                    PluginText.faults(p),
                    p.name(),
                    PluginText.version(p),
                    p.type().map(t -> t.label()).orElse("-"),
                    PluginText.state(p),
                    p.generation() == 0 ? "-" : p.generation(),
                    p.bundleId() < 0 ? "-" : p.bundleId(),
                    p.generation() == 0 ? "-" : Units.bytes(p.memoryBytes()),
                    p.calls(),
                    p.failures(),
                    p.calls() == 0 ? "-" : Units.micros(p.averageCallMicros()));
        }
        return table.toString();
    }
}
