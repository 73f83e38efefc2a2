package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.Guest;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.sandbox.RecentNeed.Need;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What one call has of time, CPU time and fuel, and whose affair it is where that is not enough: a
 * plugin that calls another with too little left fails itself, and the other is not even entered.
 *
 * @param plugin that is called
 * @param limits its own
 */
record Terms(
        PluginRef plugin,
        Limits limits,
        Deadline deadline,
        CallBudgetShare share,
        RecentNeed need) {

    private static final long DEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The plugin within whose call this one is made; empty for the host. */
    Optional<PluginRef> caller() {
        return deadline.hurriedBy()
                .or(() -> Optional.ofNullable(share.budgetOwner()).map(BudgetOwner::plugin));
    }

    /**
     * Before the guest is entered: a call that comes too late, or with too little, must not cost it
     * its memory.
     *
     * @throws PluginException LIMIT_TIME, or the caller's LIMIT_TIME, LIMIT_CPU or LIMIT_FUEL
     */
    void requireEnough() {
        long left = deadline.leftNanos();
        Optional<PluginRef> hurriedBy = deadline.hurriedBy();
        if (hurriedBy.isPresent()) {
            PluginRef caller = hurriedBy.get();
            Need wanted = need.of(caller.name());
            long own = TimeUnit.MILLISECONDS.toNanos(limits.wallMillis());
            if (left < RecentNeed.enough(wanted.wallNanos(), own)) {
                throw PluginException.of(
                        ErrorCode.LIMIT_TIME,
                        caller,
                        "its call of plugin '%s' had %s ms left, and that needs %s ms"
                                .formatted(
                                        plugin.name(),
                                        Math.max(0, millis(left)),
                                        millis(wanted.wallNanos())),
                        "let it call earlier, or raise wallMillis in "
                                + Places.ofPlugin(caller.name()));
            }
            share.requireEnough(wanted, limits, plugin);
        }
        if (left <= 0) {
            throw PluginException.of(
                    ErrorCode.LIMIT_TIME,
                    plugin,
                    "the call's deadline was over before it reached the guest",
                    deadline.moreTime().isEmpty()
                            ? "give it more time, or raise wallMillis in "
                                    + Places.ofPlugin(plugin.name())
                            : deadline.moreTime());
        }
    }

    /** The same failure, or that of whoever left too little for the call. */
    PluginException blame(PluginException e) {
        if (e.code() == ErrorCode.LIMIT_TIME && e.plugin().equals(plugin)) {
            if (deadline.hurriedBy().isPresent()) {
                PluginRef caller = deadline.hurriedBy().get();
                return PluginException.of(
                        ErrorCode.LIMIT_TIME,
                        caller,
                        "its call of plugin '%s' was not done in the time that its own call had left: %s"
                                .formatted(plugin.name(), e.detail()),
                        "let it call earlier, or raise wallMillis in "
                                + Places.ofPlugin(caller.name()),
                        e);
            }
            return deadline.moreTime().isEmpty()
                    ? e
                    : PluginException.of(e.code(), plugin, e.detail(), deadline.moreTime(), e);
        }
        return share.blame(e, plugin);
    }

    /** The call is over, well or not. */
    void took(Guest guest, long wallNanos) {
        // Of the host's calls only dear ones say anything, and the others are not to be slowed
        // down.
        Optional<PluginRef> hurriedBy = deadline.hurriedBy();
        if (hurriedBy.isPresent() || wallNanos > DEAR_NANOS) {
            long cpu = guest.cpuNanos();
            need.took(
                    hurriedBy.map(PluginRef::name).orElse(""),
                    new Need(wallNanos, cpu == 0 ? wallNanos : cpu, guest.fuelUsed()),
                    System.nanoTime());
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
