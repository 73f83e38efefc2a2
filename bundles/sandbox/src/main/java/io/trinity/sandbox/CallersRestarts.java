package io.trinity.sandbox;

import io.trinity.api.plugin.PluginRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What each other plugin may spend on making guests of one generation anew that its calls ended: as
 * much as the generation itself, so that it is never free, and never at the cost of an honest
 * callee. Thread-safe.
 */
final class CallersRestarts {
    /** Callers after which those that have paid are forgotten; there are no more as a rule. */
    private static final int MOST_CALLERS = 64;

    private final LongSupplier nanoClock;
    private final Map<String, RestartAllowance> byCaller = new HashMap<>();

    CallersRestarts(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** That of a caller to whom a guest is to be charged. */
    synchronized RestartAllowance of(PluginRef caller) {
        if (byCaller.size() >= MOST_CALLERS) {
            byCaller.values().removeIf(RestartAllowance::isWhole);
        }
        return byCaller.computeIfAbsent(caller.name(), c -> new RestartAllowance(nanoClock));
    }

    /**
     * Whether a caller has something left.
     *
     * @param initMillis CPU time that one initialisation may take
     */
    boolean allow(PluginRef caller, int initMillis) {
        RestartAllowance its;
        synchronized (this) {
            its = byCaller.get(caller.name());
        }
        return its == null || its.allows(initMillis);
    }
}
