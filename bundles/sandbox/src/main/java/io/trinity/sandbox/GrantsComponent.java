package io.trinity.sandbox;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Grants;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Grants by command: changes the configuration and waits until it is in effect. */
@Component(service = Grants.class, immediate = true)
public final class GrantsComponent implements Grants {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PolicyComponent policy;
    private final PluginConfigurations configurations;

    /** For DS. */
    @Activate
    public GrantsComponent(
            BundleContext context,
            @Reference PolicyComponent policy,
            @Reference ConfigurationAdmin admin) {
        this.policy = policy;
        @Nullable String home = context.getProperty(Home.PROPERTY);
        this.configurations = new PluginConfigurations(admin, home == null ? null : Home.of(home));
    }

    @Override
    public Verdict verdict(String plugin, String digest, Capability capability) {
        Policy now = policy.current();
        boolean granted = now.granted(plugin, digest, capability);
        return new Verdict(
                capability,
                granted,
                because(now, plugin, capability, granted),
                now.grantLine(plugin, digest, capability),
                now.scope(plugin, capability));
    }

    private static String because(
            Policy now, String plugin, Capability capability, boolean granted) {
        String risk = capability.risk().name().toLowerCase(Locale.ROOT);
        String file = "conf/io.trinity.plugin-" + plugin + ".cfg";
        if (now.denied(plugin, capability)) {
            return "deny in " + file + " names it";
        }
        if (granted) {
            return capability.risk() == Capability.Risk.LOW && now.grantLowRisk()
                    ? "its risk is low, and grantLowRisk is true"
                    : "grants in " + file + " names it";
        }
        boolean otherVersion =
                now.plugins().containsKey(plugin)
                        && !now.plugins()
                                .get(plugin)
                                .boundGrants()
                                .getOrDefault(capability, java.util.Set.of())
                                .isEmpty();
        return otherVersion
                ? "it is granted to another version's file only, and its risk is " + risk
                : "nobody granted it, and its risk is " + risk;
    }

    @Override
    public Verdict grant(String plugin, String digest, Capability capability, List<String> scope) {
        Scopes.problem(capability, scope)
                .ifPresent(
                        p -> {
                            throw PluginException.of(
                                    ErrorCode.CONFIG_INVALID,
                                    PluginRef.named(plugin),
                                    "as a scope of " + capability.label() + ", " + p,
                                    "a scope of it is " + Scopes.form(capability));
                        });
        Policy before = policy.current();
        boolean needed = !(capability.risk() == Capability.Risk.LOW && before.grantLowRisk());
        change(
                plugin,
                now ->
                        GrantKeys.grant(
                                now, capability, before.grant(digest, capability), needed, scope),
                () ->
                        policy.current().granted(plugin, digest, capability)
                                && (scope.isEmpty()
                                        || policy.current()
                                                .scope(plugin, capability)
                                                .equals(scope)));
        return verdict(plugin, digest, capability);
    }

    @Override
    public Verdict revoke(String plugin, String digest, Capability capability) {
        Policy before = policy.current();
        boolean deny = capability.risk() == Capability.Risk.LOW && before.grantLowRisk();
        change(
                plugin,
                now -> GrantKeys.revoke(now, capability, deny),
                () -> !policy.current().granted(plugin, digest, capability));
        return verdict(plugin, digest, capability);
    }

    private synchronized void change(
            String plugin,
            Function<Function<String, String>, List<GrantKeys.Change>> edit,
            BooleanSupplier inEffect) {
        policy.audit().asking(plugin);
        try {
            configurations.change(plugin, edit);
            awaitEffect(plugin, inEffect);
        } finally {
            policy.audit().asked(plugin);
        }
    }

    private static void awaitEffect(String plugin, BooleanSupplier inEffect) {
        long begin = System.nanoTime();
        while (!inEffect.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw PluginException.of(
                        ErrorCode.CONFIG_INVALID,
                        PluginRef.named(plugin),
                        "conf/io.trinity.plugin-%s.cfg is written and is not in effect"
                                .formatted(plugin),
                        "see the log for CONFIG_INVALID, and whether anybody watches conf/");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
