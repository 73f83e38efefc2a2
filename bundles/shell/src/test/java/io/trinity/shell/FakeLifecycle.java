package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** Knows pausing, resuming and the end of a quarantine: no command does anything else. */
final class FakeLifecycle {
    private FakeLifecycle() {}

    static PluginLifecycle of(FakeRegistry registry) {
        return (PluginLifecycle)
                Proxy.newProxyInstance(
                        PluginLifecycle.class.getClassLoader(),
                        new Class<?>[] {PluginLifecycle.class},
                        (proxy, method, arguments) -> {
                            String name = (String) arguments[0];
                            change(registry, method.getName(), name);
                            return null;
                        });
    }

    private static void change(FakeRegistry registry, String method, String name) {
        PluginState now = registry.find(name).orElseThrow().state();
        PluginState wanted =
                switch (method) {
                    case "pause" -> PluginState.PAUSED;
                    case "resume", "endQuarantine" -> PluginState.ACTIVE;
                    default -> throw new UnsupportedOperationException(method);
                };
        if (now == wanted) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    PluginRef.named(name),
                    "it is " + now.label() + " and cannot be " + method + "d",
                    "");
        }
        registry.put(Snapshots.in(wanted, registry.find(name).orElseThrow(), Optional.empty()));
    }
}
