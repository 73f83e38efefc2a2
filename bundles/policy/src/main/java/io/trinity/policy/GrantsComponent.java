package io.trinity.policy;

import io.trinity.api.config.Configurations;
import io.trinity.api.config.Configurations.Change;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Grants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Grants by command: changes the configuration and waits until it is in effect. */
@Component(service = Grants.class, immediate = true)
public final class GrantsComponent implements Grants {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PolicyComponent policy;
    private final Configurations configurations;

    /** For DS. */
    @Activate
    public GrantsComponent(
            @Reference PolicyComponent policy, @Reference Configurations configurations) {
        this.policy = policy;
        this.configurations = configurations;
    }

    @Override
    public Verdict verdict(String plugin, String digest, Capability capability) {
        EffectivePolicy now = policy.current();
        boolean granted = now.granted(plugin, digest, capability);
        return new Verdict(
                capability,
                granted,
                because(now, plugin, capability, granted),
                now.grantLine(plugin, digest, capability),
                now.scope(plugin, capability));
    }

    @Override
    public List<String> scope(String plugin, Capability capability) {
        return policy.current().scope(plugin, capability);
    }

    @Override
    public List<String> problems(String plugin) {
        String file = configurations.place(policy.pid(plugin));
        return policy.problems().stream().filter(p -> p.startsWith(file + ": ")).toList();
    }

    private String because(
            EffectivePolicy now, String plugin, Capability capability, boolean granted) {
        String risk = capability.risk().name().toLowerCase(Locale.ROOT);
        String file = configurations.place(policy.pid(plugin));
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
        EffectivePolicy before = policy.current();
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
        EffectivePolicy before = policy.current();
        boolean deny = capability.risk() == Capability.Risk.LOW && before.grantLowRisk();
        change(
                plugin,
                now -> GrantKeys.revoke(now, capability, deny),
                () -> !policy.current().granted(plugin, digest, capability));
        return verdict(plugin, digest, capability);
    }

    private synchronized void change(
            String plugin,
            Function<Function<String, List<String>>, List<Change>> edit,
            BooleanSupplier inEffect) {
        policy.audit().asking(plugin);
        try {
            String pid = policy.pid(plugin);
            Optional<String> other = policy.owner(pid).filter(o -> !o.equals(plugin));
            if (other.isPresent()) {
                throw PluginException.of(
                        ErrorCode.CONFIG_INVALID,
                        PluginRef.named(plugin),
                        "%s is the configuration of plugin '%s'"
                                .formatted(configurations.place(pid), other.get()),
                        "give that file another name, or write a file with plugin=%s by hand"
                                .formatted(plugin));
            }
            String place = configurations.change(pid, edit);
            awaitEffect(plugin, place, inEffect);
        } catch (Configurations.Refused e) {
            throw PluginException.of(
                    e.code(),
                    PluginRef.named(plugin),
                    String.valueOf(e.getMessage()),
                    e.remedy(),
                    e);
        } finally {
            policy.audit().asked(plugin);
        }
    }

    private static void awaitEffect(String plugin, String place, BooleanSupplier inEffect) {
        long begin = System.nanoTime();
        while (!inEffect.getAsBoolean()) {
            if (System.nanoTime() - begin > TIMEOUT_NANOS) {
                throw PluginException.of(
                        ErrorCode.CONFIG_INVALID,
                        PluginRef.named(plugin),
                        place + " is written and is not in effect",
                        "see trinity:config, and the log for CONFIG_INVALID");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
