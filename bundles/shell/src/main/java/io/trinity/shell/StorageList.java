package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code storage:list}. */
@Component(
        service = StorageList.class,
        immediate = true,
        property = {"osgi.command.scope=storage", "osgi.command.function=list"})
public final class StorageList {
    static final String USAGE = "storage:list [--json]";

    private final PluginRegistry registry;
    private final StorageNames backends;

    @Activate
    public StorageList(@Reference PluginRegistry registry, @Reference StorageNames backends) {
        this.registry = registry;
        this.backends = backends;
    }

    @Descriptor("all storage backends, the host's own and plugins; usage: " + USAGE)
    public @Nullable String list(@Descriptor("[--json]") String... arguments) {
        boolean json = CommandLine.parse(USAGE, arguments).has("--json");
        List<Row> rows = backends.names().stream().map(this::row).toList();
        if (json) {
            return Answer.of(Json.write(rows.stream().map(Row::fields).toList()));
        }
        if (rows.isEmpty()) {
            return Answer.of(
                    "no storage backends; see " + Present.listing("io.trinity.storage") + "\n");
        }
        Table table = new Table("NAME", "BY", "STATE");
        rows.forEach(r -> table.row(List.of(), r.name, r.by(), r.state()));
        return Answer.of(table.toString());
    }

    private Row row(String name) {
        return new Row(
                name, name.equals(StorageNames.HOST) ? Optional.empty() : registry.find(name));
    }

    private record Row(String name, Optional<PluginSnapshot> plugin) {
        String by() {
            return plugin.map(p -> "plugin " + p.version()).orElse("host");
        }

        String state() {
            return plugin.map(PluginText::state).orElse("active");
        }

        Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.put("plugin", plugin.map(PluginSnapshot::name).orElse(null));
            fields.put("state", plugin.map(p -> p.state().label()).orElse("active"));
            return fields;
        }
    }
}
