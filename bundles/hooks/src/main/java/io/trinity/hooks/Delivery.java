package io.trinity.hooks;

import io.trinity.api.config.Places;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one hook and lets nothing of what goes wrong in it through. The one boundary at which hooks
 * are foreign code.
 */
final class Delivery {
    /** A hook's call, and how its answer is understood. */
    interface Exchange {
        /**
         * Calls the hook and takes its answer.
         *
         * @return the answer's name for the trace
         * @throws IllegalArgumentException where it is none: the hook is skipped
         */
        String with(CallOptions options);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final String MORE_TIME = "raise wallMillis in " + Places.of(HookComponent.PID);

    private final Nesting nesting = new Nesting();
    private final Function<String, Limits> limits;
    private final IntSupplier wallMillis;

    /**
     * @param limits in effect, by plugin
     * @param wallMillis wall time of one hook call
     */
    Delivery(Function<String, Limits> limits, IntSupplier wallMillis) {
        this.limits = limits;
        this.wallMillis = wallMillis;
    }

    /** Hooks that run within each other on this thread now. */
    int depth() {
        return nesting.depth();
    }

    /** Depth that hooks of a plugin may reach. */
    int maxDepth(String plugin) {
        return limits.apply(plugin).hookDepth();
    }

    /** A hook that did not answer as it should, or was not called. */
    record Failed(ErrorCode code, String message) {}

    /**
     * Calls a hook.
     *
     * @param stream calls with the same key reach the same guest; empty for no preference
     * @param deadlineNanos of the caller; {@link Long#MAX_VALUE} for none
     * @param caller the plugin whose call this is within; empty for none
     * @return what went wrong
     * @throws PluginException LIMIT_TIME of the caller's, which left too little time for the hook
     */
    Optional<Failed> call(
            Hook hook,
            String stream,
            long deadlineNanos,
            String caller,
            HookTrace trace,
            Exchange exchange) {
        String plugin = hook.plugin().name();
        int limit = maxDepth(plugin);
        if (nesting.depth() >= limit) {
            return refuse(
                    hook,
                    trace,
                    ErrorCode.LIMIT_HOOK_DEPTH,
                    "it would run at depth %s, the limit is %s; break the circle, or raise hookDepth in %s"
                            .formatted(nesting.depth() + 1, limit, Places.ofPlugin(plugin)));
        }
        if (plugin.equals(caller) || nesting.isWithin(plugin)) {
            return refuse(
                    hook,
                    trace,
                    ErrorCode.LIMIT_BUSY,
                    "its guest is in the call that leads here and would wait for itself");
        }
        long start = System.nanoTime();
        long own = start + TimeUnit.MILLISECONDS.toNanos(wallMillis.getAsInt());
        boolean callers = deadlineNanos != Long.MAX_VALUE && own - deadlineNanos >= 0;
        Optional<PluginRef> hurriedBy =
                callers && !caller.isEmpty()
                        ? Optional.of(PluginRef.named(caller))
                        : Optional.empty();
        nesting.enter(plugin);
        try {
            String outcome =
                    exchange.with(
                            new CallOptions(
                                    stream,
                                    callers ? deadlineNanos : own,
                                    Optional.empty(),
                                    hurriedBy,
                                    callers ? "" : MORE_TIME));
            long nanos = System.nanoTime() - start;
            hook.succeeded(nanos);
            trace.called(plugin, hook.declared().point(), outcome, nanos);
            return Optional.empty();
        } catch (PluginException e) {
            boolean callersFault =
                    hurriedBy.filter(p -> p.name().equals(e.plugin().name())).isPresent();
            if (callersFault && !isTooSlow(hook, e, start, own, deadlineNanos)) {
                // Whoever fires left too little for it: no failure of the hook's.
                trace.failed(
                        plugin,
                        hook.declared().point(),
                        e.code(),
                        e.getMessage(),
                        System.nanoTime() - start);
                throw e;
            }
            return failed(hook, trace, start, e.code(), e.getMessage());
        } catch (IllegalArgumentException e) {
            ErrorCode code = e instanceof HookError ? ErrorCode.GUEST_ERROR : ErrorCode.GUEST_ABI;
            if (code == ErrorCode.GUEST_ABI) {
                hook.plugin()
                        .misbehaved(
                                hook.declared().point().export(),
                                PluginException.of(
                                        code,
                                        PluginRef.named(plugin),
                                        String.valueOf(e.getMessage()),
                                        "",
                                        e));
            }
            return failed(hook, trace, start, code, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("code=INTERNAL plugin={} hook={}", plugin, hook.declared().place(), e);
            return failed(hook, trace, start, ErrorCode.INTERNAL, e.toString());
        } finally {
            nesting.leave();
        }
    }

    /**
     * Whether an optional hook was not called since it needs more than the caller has, who came in
     * time: it is passed over then, and costs neither the caller nor other hooks anything.
     */
    private static boolean isTooSlow(
            Hook hook, PluginException e, long start, long own, long deadlineNanos) {
        return !hook.required()
                && e.code() == ErrorCode.LIMIT_TIME
                && deadlineNanos - start >= (own - start) / 4
                && System.nanoTime() - deadlineNanos < 0;
    }

    private static Optional<Failed> failed(
            Hook hook, HookTrace trace, long start, ErrorCode code, String message) {
        long nanos = System.nanoTime() - start;
        hook.failed(nanos, code.name(), message);
        trace.failed(hook.plugin().name(), hook.declared().point(), code, message, nanos);
        return Optional.of(new Failed(code, message));
    }

    private static Optional<Failed> refuse(
            Hook hook, HookTrace trace, ErrorCode code, String message) {
        hook.refused(code.name(), message);
        trace.failed(hook.plugin().name(), hook.declared().point(), code, message, 0);
        return Optional.of(new Failed(code, message));
    }

    /** The value of an answer that may not be a refusal. */
    static <T> T value(Answer<T> answer) {
        if (answer instanceof Answer.Refusal<T> r) {
            throw new HookError(r.text());
        }
        return ((Answer.Value<T>) answer).value();
    }

    /** A hook's own error, told like a guest's. */
    static final class HookError extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        HookError(String text) {
            super(PluginException.refusal("it refused", text));
        }
    }
}
