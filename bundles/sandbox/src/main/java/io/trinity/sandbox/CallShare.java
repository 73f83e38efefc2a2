package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Payer;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Limits;
import io.trinity.sandbox.RecentNeed.Need;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one call has of CPU time and fuel: the plugin's own limits, and no more than whoever pays
 * has left. Who runs into what was left of the payer's is not to blame for it, the payer is.
 *
 * @param cpuNanos CPU time, in nanoseconds, at least 1
 * @param fuel units; 0 for no limit
 * @param payer null where the plugin pays for itself
 * @param payersCpu whether the CPU time is what the payer has left
 * @param payersFuel whether the fuel is
 */
record CallShare(
        long cpuNanos, long fuel, @Nullable Payer payer, boolean payersCpu, boolean payersFuel) {
    /**
     * The share of a call.
     *
     * @throws PluginException LIMIT_CPU or LIMIT_FUEL of the payer's, which has nothing left
     */
    static CallShare of(PluginRef callee, Limits limits, Optional<Payer> payer) {
        long cpuNanos = TimeUnit.MILLISECONDS.toNanos(limits.cpuMillis());
        long fuel = limits.fuel();
        if (payer.isEmpty()) {
            return new CallShare(cpuNanos, fuel, null, false, false);
        }
        Payer p = payer.get();
        long cpuLeft = p.cpuNanosLeft();
        long fuelLeft = p.fuelLeft();
        boolean payersCpu = cpuLeft < cpuNanos;
        boolean payersFuel = fuelLeft != Long.MAX_VALUE && (fuel == 0 || fuelLeft < fuel);
        CallShare share =
                new CallShare(
                        payersCpu ? cpuLeft : cpuNanos,
                        payersFuel ? fuelLeft : fuel,
                        p,
                        payersCpu,
                        payersFuel);
        if (payersCpu && cpuLeft <= 0) {
            throw share.spent(ErrorCode.LIMIT_CPU, callee, "nothing was left for it");
        }
        if (payersFuel && fuelLeft <= 0) {
            throw share.spent(ErrorCode.LIMIT_FUEL, callee, "nothing was left for it");
        }
        return share;
    }

    /**
     * Before the guest is entered with what the payer has left.
     *
     * @param need what such calls needed lately
     * @param limits of the callee's own, which are always enough
     * @throws PluginException LIMIT_CPU or LIMIT_FUEL of the payer's
     */
    void requireEnough(Need need, Limits limits, PluginRef callee) {
        long ownCpu = TimeUnit.MILLISECONDS.toNanos(limits.cpuMillis());
        if (payersCpu && cpuNanos < Math.min(ownCpu, need.cpuNanos())) {
            throw spent(
                    ErrorCode.LIMIT_CPU,
                    callee,
                    "%s ms were left, and it needs %s ms"
                            .formatted(
                                    TimeUnit.NANOSECONDS.toMillis(cpuNanos),
                                    TimeUnit.NANOSECONDS.toMillis(need.cpuNanos())));
        }
        if (payersFuel && fuel < need.fuel()) {
            throw spent(
                    ErrorCode.LIMIT_FUEL,
                    callee,
                    "%s units were left, and it needs %s".formatted(fuel, need.fuel()));
        }
    }

    /** The same failure, or the payer's where it is the payer's limit that was hit. */
    PluginException blame(PluginException e, PluginRef callee) {
        boolean payers =
                e.plugin().equals(callee)
                        && (payersCpu && e.code() == ErrorCode.LIMIT_CPU
                                || payersFuel && e.code() == ErrorCode.LIMIT_FUEL);
        return payers ? spent(e.code(), callee, e.detail()) : e;
    }

    private PluginException spent(ErrorCode code, PluginRef callee, String detail) {
        if (payer == null) {
            throw new IllegalStateException("nobody pays for " + callee);
        }
        PluginRef who = payer.plugin();
        boolean cpu = code == ErrorCode.LIMIT_CPU;
        return PluginException.of(
                code,
                who,
                "its call of plugin '%s' used up what its own call had left of %s: %s"
                        .formatted(callee.name(), cpu ? "CPU time" : "fuel", detail),
                "raise %s in %s, or call '%s' less"
                        .formatted(
                                cpu ? "cpuMillis" : "fuel",
                                Places.ofPlugin(who.name()),
                                callee.name()));
    }
}
