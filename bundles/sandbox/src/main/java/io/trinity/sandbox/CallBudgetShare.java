package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.sandbox.RecentNeed.Need;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one call has of CPU time and fuel: the plugin's own limits, and no more than whoever pays
 * has left. Who runs into what was left of the owner's is not to blame for it, the owner is.
 *
 * @param cpuNanos CPU time, in nanoseconds, at least 1
 * @param fuel units; 0 for no limit
 * @param budgetOwner null where the plugin pays for itself
 * @param ownersCpu whether the CPU time is what the owner has left
 * @param ownersFuel whether the fuel is
 */
record CallBudgetShare(
        long cpuNanos,
        long fuel,
        @Nullable BudgetOwner budgetOwner,
        boolean ownersCpu,
        boolean ownersFuel) {
    /**
     * The share of a call.
     *
     * @throws PluginException LIMIT_CPU or LIMIT_FUEL of the owner's, which has nothing left
     */
    static CallBudgetShare of(PluginRef callee, Limits limits, Optional<BudgetOwner> budgetOwner) {
        long cpuNanos = TimeUnit.MILLISECONDS.toNanos(limits.cpuMillis());
        long fuel = limits.fuel();
        if (budgetOwner.isEmpty()) {
            return new CallBudgetShare(cpuNanos, fuel, null, false, false);
        }
        BudgetOwner p = budgetOwner.get();
        long cpuLeft = p.cpuNanosLeft();
        long fuelLeft = p.fuelLeft();
        boolean ownersCpu = cpuLeft < cpuNanos;
        boolean ownersFuel = fuelLeft != Long.MAX_VALUE && (fuel == 0 || fuelLeft < fuel);
        CallBudgetShare share =
                new CallBudgetShare(
                        ownersCpu ? cpuLeft : cpuNanos,
                        ownersFuel ? fuelLeft : fuel,
                        p,
                        ownersCpu,
                        ownersFuel);
        if (ownersCpu && cpuLeft <= 0) {
            throw share.spent(ErrorCode.LIMIT_CPU, callee, "nothing was left for it");
        }
        if (ownersFuel && fuelLeft <= 0) {
            throw share.spent(ErrorCode.LIMIT_FUEL, callee, "nothing was left for it");
        }
        return share;
    }

    /**
     * Before the guest is entered with what the owner has left.
     *
     * @param need what such calls needed lately
     * @param limits of the callee's own, which are always enough
     * @throws PluginException LIMIT_CPU or LIMIT_FUEL of the owner's
     */
    void requireEnough(Need need, Limits limits, PluginRef callee) {
        long ownCpu = TimeUnit.MILLISECONDS.toNanos(limits.cpuMillis());
        if (ownersCpu && cpuNanos < RecentNeed.enough(need.cpuNanos(), ownCpu)) {
            throw tooLittle(
                    ErrorCode.LIMIT_CPU,
                    callee,
                    "%s ms are left, and it needs %s ms"
                            .formatted(
                                    TimeUnit.NANOSECONDS.toMillis(cpuNanos),
                                    TimeUnit.NANOSECONDS.toMillis(need.cpuNanos())));
        }
        if (ownersFuel && fuel < need.fuel()) {
            throw tooLittle(
                    ErrorCode.LIMIT_FUEL,
                    callee,
                    "%s units are left, and it needs %s".formatted(fuel, need.fuel()));
        }
    }

    /** The same failure, or the owner's where it is the owner's limit that was hit. */
    PluginException blame(PluginException e, PluginRef callee) {
        boolean owners =
                e.plugin().equals(callee)
                        && (ownersCpu && e.code() == ErrorCode.LIMIT_CPU
                                || ownersFuel && e.code() == ErrorCode.LIMIT_FUEL);
        return owners ? spent(e.code(), callee, e.detail()) : e;
    }

    private PluginException tooLittle(ErrorCode code, PluginRef callee, String detail) {
        return ofOwner(
                code, callee, "its call of plugin '%s' comes with too little %s: %s", detail);
    }

    private PluginException spent(ErrorCode code, PluginRef callee, String detail) {
        return ofOwner(
                code,
                callee,
                "its call of plugin '%s' used up what its own call had left of %s: %s",
                detail);
    }

    private PluginException ofOwner(ErrorCode code, PluginRef callee, String what, String detail) {
        if (budgetOwner == null) {
            throw new IllegalStateException("nobody pays for " + callee);
        }
        PluginRef who = budgetOwner.plugin();
        boolean cpu = code == ErrorCode.LIMIT_CPU;
        return PluginException.of(
                code,
                who,
                what.formatted(callee.name(), cpu ? "CPU time" : "fuel", detail),
                "raise %s in %s, or call '%s' less"
                        .formatted(
                                cpu ? "cpuMillis" : "fuel",
                                Places.ofPlugin(who.name()),
                                callee.name()));
    }
}
