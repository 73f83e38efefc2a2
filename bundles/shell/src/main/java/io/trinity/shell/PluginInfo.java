package io.trinity.shell;

import io.trinity.api.config.Configurations;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookBus;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.policy.Grants;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginRegistry;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code plugin:info}. */
@Component(
        service = PluginInfo.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=info"})
public final class PluginInfo {
    static final String USAGE = "plugin:info NAME [--json]";

    private final PluginRegistry registry;
    private final Home home;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Policies policies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Grants grants;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable HookBus hooks;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Activate
    public PluginInfo(@Reference PluginRegistry registry, @Reference Home home) {
        this.registry = registry;
        this.home = home;
    }

    @Descriptor("everything about one plugin; usage: " + USAGE)
    public @Nullable String info(@Descriptor("NAME [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        PluginSnapshot plugin = PluginNames.require(registry, line.value(0));
        PluginFacts facts =
                PluginFacts.of(plugin.name(), registry, policies, grants, hooks, configurations);
        InfoText text = new InfoText(plugin, facts, home);
        return Answer.of(line.has("--json") ? Json.write(text.fields()) : text.toString());
    }
}
