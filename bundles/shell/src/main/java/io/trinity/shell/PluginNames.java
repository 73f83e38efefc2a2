package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:names} and {@code plugin:declared}: what completion offers. */
@Component(
        service = PluginNames.class,
        immediate = true,
        property = {
            "osgi.command.scope=plugin",
            "osgi.command.function=names",
            "osgi.command.function=declared"
        })
public final class PluginNames {
    private final PluginRegistry registry;

    @Activate
    public PluginNames(@Reference PluginRegistry registry) {
        this.registry = registry;
    }

    @Descriptor("the plugins' names, for completion; usage: plugin:names")
    public List<String> names() {
        return registry.list().stream().map(PluginSnapshot::name).toList();
    }

    @Descriptor(
            "the capabilities that a plugin declares, for completion; usage: plugin:declared NAME")
    public List<String> declared(@Descriptor("NAME") String name) {
        return registry.candidate(name).stream()
                .flatMap(c -> c.manifest().capabilities().stream())
                .map(need -> need.capability().label())
                .toList();
    }

    /**
     * The plugin of that name.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    static PluginSnapshot require(PluginRegistry registry, String name) {
        return registry.find(name).orElseThrow(() -> unknown(registry, name));
    }

    private static CommandFailure unknown(PluginRegistry registry, String name) {
        String names =
                registry.list().stream()
                        .map(PluginSnapshot::name)
                        .collect(Collectors.joining(", "));
        return CommandFailure.of(
                ErrorCode.NOT_FOUND,
                "there is no plugin '"
                        + name
                        + "'; "
                        + (names.isEmpty() ? "no plugin is loaded" : "there are: " + names));
    }
}
