package io.trinity.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.world.CallableWorld;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls from plugin to plugin: {@code plugins.call} of the contract. They run on the caller's
 * thread, within its deadline, and may nest. Thread-safe.
 */
final class DependencyCalls {
    /** Calls that may be within each other. */
    static final int MAX_DEPTH = 4;

    /** Characters of a function's name. */
    static final int MAX_FUNCTION_LENGTH = 256;

    /** Bytes of an argument, and of an answer, as the contract says. */
    static final int MAX_BYTES = 1 << 20;

    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    private final Function<String, Optional<Manifest>> manifests;
    private final Function<String, Optional<Plugin>> plugins;

    /**
     * @param manifests of the version that serves, by plugin
     * @param plugins that serve, by name
     */
    DependencyCalls(
            Function<String, Optional<Manifest>> manifests,
            Function<String, Optional<Plugin>> plugins) {
        this.manifests = manifests;
        this.plugins = plugins;
    }

    /**
     * Calls {@code answer} of a plugin that the caller's manifest names as a dependency. The caller
     * pays for it in fuel and CPU time, and whoever called the caller in the end.
     */
    byte[] call(HostCall caller, String plugin, String function, byte[] argument)
            throws HostFailure {
        String from = caller.plugin().name();
        boolean declared =
                manifests.apply(from).stream()
                        .flatMap(m -> m.dependencies().stream())
                        .anyMatch(d -> d.name().equals(plugin));
        if (!declared) {
            throw new HostFailure(
                    Reason.DENIED,
                    "the manifest of '%s' does not name '%s' among its dependencies"
                            .formatted(from, plugin));
        }
        Plugin there =
                plugins.apply(plugin)
                        .orElseThrow(
                                () ->
                                        new HostFailure(
                                                Reason.UNAVAILABLE,
                                                "plugin '%s' does not serve".formatted(plugin)));
        if (function.length() > MAX_FUNCTION_LENGTH) {
            throw new HostFailure(
                    Reason.INVALID,
                    "the name of the function has %s characters, at most %s are one"
                            .formatted(function.length(), MAX_FUNCTION_LENGTH));
        }
        if (argument.length > MAX_BYTES) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "the argument for plugin '%s' has %s bytes, at most %s are handed over; hand over less at a time"
                            .formatted(plugin, argument.length, MAX_BYTES));
        }
        int now = depth.get();
        if (now >= MAX_DEPTH) {
            throw new HostFailure(
                    Reason.LIMIT, "calls from plugin to plugin are " + MAX_DEPTH + " deep already");
        }
        depth.set(now + 1);
        try {
            return bytes(
                    there,
                    there.as(CallableWorld.class)
                            .answer(
                                    CallOptions.of(caller.deadlineNanos(), caller.caller()),
                                    function,
                                    argument));
        } catch (PluginException e) {
            if (e.code() == ErrorCode.LIMIT_FUEL && e.plugin().name().equals(from)) {
                // Fuel is to end the same call in every run, whether the other was entered or not.
                throw e;
            }
            throw new HostFailure(reason(e, from), e.getMessage());
        } finally {
            depth.set(now);
        }
    }

    private static byte[] bytes(Plugin callee, Answer<byte[]> answer) throws HostFailure {
        String plugin = callee.name();
        if (answer instanceof Answer.Value<byte[]> v) {
            byte[] b = v.value();
            if (b.length > MAX_BYTES) {
                String detail =
                        "it answered %s bytes, at most %s are handed over"
                                .formatted(b.length, MAX_BYTES);
                callee.misbehaved(
                        "answer",
                        PluginException.of(
                                ErrorCode.GUEST_ABI,
                                PluginRef.named(plugin),
                                detail,
                                "answer less at a time"));
                throw new HostFailure(Reason.FAILED, "plugin '%s': %s".formatted(plugin, detail));
            }
            return b;
        }
        throw new HostFailure(
                Reason.FAILED,
                PluginException.refusal(
                        "plugin '%s': it refused".formatted(plugin),
                        ((Answer.Refusal<byte[]>) answer).text()));
    }

    private static Reason reason(PluginException e, String caller) {
        return switch (e.code()) {
            case LIMIT_TIME -> Reason.TIMEOUT;
            case LIMIT_CPU, LIMIT_FUEL -> Reason.LIMIT;
            // The callee's own is its failure.
            case LIMIT_RESTARTS -> e.plugin().name().equals(caller) ? Reason.LIMIT : Reason.FAILED;
            case PAUSED, NOT_ACTIVE, LIMIT_BUSY -> Reason.UNAVAILABLE;
            case NOT_FOUND -> Reason.NOT_FOUND;
            default -> Reason.FAILED;
        };
    }
}
