package io.trinity.sandbox;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.Guest.GuestFunction;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Limits;
import io.trinity.canonical.abi.GuestAbiException;
import io.trinity.canonical.abi.Realloc;
import io.trinity.canonical.abi.ResultValue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The place of one guest: one call at a time, those that wait in order. A guest that trapped is
 * thrown away and the next call gets a fresh one. Thread-safe.
 */
final class GuestRoom {
    /** Makes fresh guests. */
    interface Opener {
        Occupant open(Limits limits);
    }

    /** A guest, what the host keeps for it, and its allocator. */
    record Occupant(Guest guest, GuestState state, Realloc realloc) {
        void close() {
            guest.close();
            state.vectors().close();
        }
    }

    private final PluginRef plugin;
    private final Opener opener;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Occupant occupant;
    private volatile boolean closed;

    GuestRoom(PluginRef plugin, Opener opener) {
        this.plugin = plugin;
        this.opener = opener;
    }

    /** Makes the first guest, so that a plugin that cannot begin fails when it is loaded. */
    void open(Limits limits) {
        occupant = opener.open(limits);
    }

    Answer<@Nullable Object> call(
            BoundExport export, Limits limits, long deadlineNanos, @Nullable Object[] arguments) {
        acquire(limits, deadlineNanos);
        try {
            return callAlone(export, limits, deadlineNanos, arguments);
        } finally {
            turn.release();
        }
    }

    private void acquire(Limits limits, long deadlineNanos) {
        if (turn.tryAcquire()) {
            return;
        }
        if (waiting.incrementAndGet() > limits.queue()) {
            waiting.decrementAndGet();
            throw busy(limits.queue() + " calls wait already");
        }
        try {
            if (!turn.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw busy("its guest stayed busy until the call's deadline");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("the waiting thread was interrupted");
        } finally {
            waiting.decrementAndGet();
        }
    }

    private PluginException busy(String what) {
        return PluginException.of(
                ErrorCode.LIMIT_BUSY,
                plugin,
                what,
                "call less often, or raise queue or wallMillis in conf/io.trinity.plugin-"
                        + plugin.name()
                        + ".cfg");
    }

    private Answer<@Nullable Object> callAlone(
            BoundExport export, Limits limits, long deadlineNanos, @Nullable Object[] arguments) {
        if (closed) {
            throw PluginException.of(ErrorCode.NOT_ACTIVE, plugin, "its generation has ended", "");
        }
        Occupant here = occupant;
        if (here == null) {
            here = opener.open(limits);
            occupant = here;
        }
        boolean sound = false;
        try {
            Answer<@Nullable Object> answer = run(here, export, limits, deadlineNanos, arguments);
            sound = true;
            return answer;
        } finally {
            if (!sound) {
                occupant = null;
                here.close();
            }
        }
    }

    // NullAway does not follow @Nullable through type arguments here.
    @SuppressWarnings("NullAway")
    private static Answer<@Nullable Object> run(
            Occupant here,
            BoundExport export,
            Limits limits,
            long deadlineNanos,
            @Nullable Object[] arguments) {
        GuestState state = here.state();
        state.begin(limits, deadlineNanos);
        CallBudget budget =
                new CallBudget(
                        TimeUnit.MILLISECONDS.toNanos(limits.cpuMillis()),
                        TimeUnit.MILLISECONDS.toNanos(limits.wallMillis()),
                        deadlineNanos,
                        limits.fuel(),
                        limits.stackBytes());
        try {
            Object value =
                    here.guest()
                            .<@Nullable Object>run(budget, () -> inside(here, export, arguments));
            if (value instanceof ResultValue r) {
                return r.failed()
                        ? new Answer.Refusal<>(String.valueOf(r.value()))
                        : new Answer.Value<>(r.value());
            }
            return new Answer.Value<>(value);
        } catch (GuestAbiException e) {
            throw HostGate.broken(state, e);
        }
    }

    private static @Nullable Object inside(
            Occupant here, BoundExport export, @Nullable Object[] arguments) {
        Guest guest = here.guest();
        GuestState state = here.state();
        GuestLinearMemory memory = new GuestLinearMemory(guest.memory());
        long[] core = export.codec().lowerArguments(memory, here.realloc(), arguments);
        long result = guest.function(export.name()).call(core);
        Object value = export.codec().liftResult(memory, result);
        if (export.post() != null) {
            GuestFunction post = guest.function(export.post());
            state.inAbi(true);
            post.call(result);
            state.inAbi(false);
        }
        return value;
    }

    /** Ends a call that is running, and the guest. */
    void close() {
        closed = true;
        Occupant running = occupant;
        if (running != null) {
            running.guest().cancel();
        }
        // The running call ends at its next check; nobody comes in any more.
        turn.acquireUninterruptibly();
        try {
            Occupant here = occupant;
            occupant = null;
            if (here != null) {
                here.close();
            }
        } finally {
            turn.release();
        }
    }
}
