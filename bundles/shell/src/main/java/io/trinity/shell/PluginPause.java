package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import java.util.function.Consumer;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:pause} and {@code plugin:resume}. */
@Component(
        service = PluginPause.class,
        immediate = true,
        property = {
            "osgi.command.scope=plugin",
            "osgi.command.function=pause",
            "osgi.command.function=resume"
        })
public final class PluginPause {
    static final String PAUSE_USAGE = "plugin:pause NAME [--json]";
    static final String RESUME_USAGE = "plugin:resume NAME [--json]";

    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;

    @Activate
    public PluginPause(@Reference PluginRegistry registry, @Reference PluginLifecycle lifecycle) {
        this.registry = registry;
        this.lifecycle = lifecycle;
    }

    @Descriptor("an active plugin serves no calls, keeping its memory; usage: " + PAUSE_USAGE)
    public @Nullable String pause(@Descriptor("NAME [--json]") String... arguments) {
        return Answer.of(told(CommandLine.parse(PAUSE_USAGE, arguments), lifecycle::pause));
    }

    @Descriptor("a paused plugin serves calls again; usage: " + RESUME_USAGE)
    public @Nullable String resume(@Descriptor("NAME [--json]") String... arguments) {
        return Answer.of(told(CommandLine.parse(RESUME_USAGE, arguments), lifecycle::resume));
    }

    private String told(CommandLine line, Consumer<String> action) {
        String name = PluginNames.require(registry, line.value(0)).name();
        Refusals.done(() -> action.accept(name));
        PluginSnapshot after = PluginNames.require(registry, name);
        return line.has("--json") ? Json.write(Json.plugin(after)) : PluginText.line(after);
    }
}
