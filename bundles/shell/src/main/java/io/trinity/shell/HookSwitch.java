package io.trinity.shell;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.registry.PluginRegistry;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code hook:enable}, {@code hook:disable} and {@code hook:forget}. */
@Component(
        service = HookSwitch.class,
        immediate = true,
        property = {
            "osgi.command.scope=hook",
            "osgi.command.function=enable",
            "osgi.command.function=disable",
            "osgi.command.function=forget"
        })
public final class HookSwitch {
    static final String ENABLE_USAGE = "hook:enable PLUGIN POINT [NAME] [--json]";
    static final String DISABLE_USAGE = "hook:disable PLUGIN POINT [NAME] [--json]";
    static final String FORGET_USAGE = "hook:forget PLUGIN [--json]";

    private final PluginRegistry registry;
    private final HookNames hooks;

    @Activate
    public HookSwitch(@Reference PluginRegistry registry, @Reference HookNames hooks) {
        this.registry = registry;
        this.hooks = hooks;
    }

    @Descriptor("lets a plugin's hooks at a point be called again; usage: " + ENABLE_USAGE)
    public @Nullable String enable(
            @Descriptor("PLUGIN POINT [NAME] [--json]") String... arguments) {
        return Answer.of(told(CommandLine.parse(ENABLE_USAGE, arguments), true));
    }

    @Descriptor("leaves a plugin's hooks at a point out, until enabled; usage: " + DISABLE_USAGE)
    public @Nullable String disable(
            @Descriptor("PLUGIN POINT [NAME] [--json]") String... arguments) {
        return Answer.of(told(CommandLine.parse(DISABLE_USAGE, arguments), false));
    }

    @Descriptor(
            "lets the pipelines do without a required plugin whose file is gone; usage: "
                    + FORGET_USAGE)
    public @Nullable String forget(@Descriptor("PLUGIN [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(FORGET_USAGE, arguments);
        HookBus bus = hooks.require();
        String plugin = line.value(0);
        Refusals.done(() -> bus.forget(plugin));
        return Answer.of(
                line.has("--json")
                        ? Json.write(Map.of("plugin", plugin, "forgotten", true))
                        : plugin
                                + ": its hooks are required no longer, until it is loaded again\n");
    }

    private String told(CommandLine line, boolean enabled) {
        HookBus bus = hooks.require();
        HookPoint point = HookNames.point(line.value(1));
        String plugin = PluginNames.require(registry, line.value(0)).name();
        String name = line.optional(2).orElse("");
        Refusals.done(() -> bus.enable(plugin, point, name, enabled));
        List<HookSnapshot> changed =
                bus.list().stream()
                        .filter(h -> h.plugin().equals(plugin) && h.point() == point)
                        .filter(h -> name.isEmpty() || h.name().equals(name))
                        .toList();
        return line.has("--json")
                ? Json.write(changed.stream().map(HookText::fields).toList())
                : HookText.table(changed);
    }
}
