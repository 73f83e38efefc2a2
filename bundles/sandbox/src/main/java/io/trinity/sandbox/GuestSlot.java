package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.Guest.GuestFunction;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.api.text.Escaped;
import io.trinity.canonical.abi.GuestAbiException;
import io.trinity.canonical.abi.InvalidValueException;
import io.trinity.canonical.abi.Realloc;
import io.trinity.canonical.abi.ResultValue;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one guest: one call at a time, those that wait in order. A guest that trapped is
 * thrown away and the next call gets a fresh one. Thread-safe.
 */
final class GuestSlot {
    /** A guest, what the host keeps for it, and its allocator. */
    record GuestInstance(Guest guest, GuestState state, Realloc realloc) {
        /** Ends what it does now, also where it waits. From any thread. */
        void cancel() {
            guest.cancel();
            state.cancel();
        }

        void close() {
            try {
                guest.close();
            } finally {
                state.close();
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(GuestSlot.class);
    private static final long CANCEL_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long CLOSE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int REFUSAL_LENGTH = 4096;

    private final PluginRef plugin;
    private final GuestMaker maker;
    private final long closeWaitNanos;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable GuestInstance guestInstance;
    private volatile GuestMaker.@Nullable Making making;
    private volatile boolean had;
    private volatile @Nullable Thread within;
    private volatile boolean closed;

    GuestSlot(PluginRef plugin, GuestMaker maker) {
        this(plugin, maker, CLOSE_WAIT_NANOS);
    }

    GuestSlot(PluginRef plugin, GuestMaker maker, long closeWaitNanos) {
        this.plugin = plugin;
        this.maker = maker;
        this.closeWaitNanos = closeWaitNanos;
    }

    /** Makes the first guest, so that a plugin that cannot begin fails when it is loaded. */
    void open(Limits limits) {
        had = true;
        guestInstance = maker.make(limits);
    }

    /** Calls the guest. */
    Answer<@Nullable Object> call(
            BoundExport export,
            Limits limits,
            Deadline deadline,
            Optional<BudgetOwner> budgetOwner,
            @Nullable Object[] arguments) {
        requireOpen();
        // It would wait for itself until its deadline.
        if (within == Thread.currentThread()) {
            throw busy(
                    "it is in a call on this thread already: it called itself through other plugins"
                            + " or hooks");
        }
        acquire(limits, deadline.nanos());
        within = Thread.currentThread();
        try {
            Terms terms =
                    new Terms(
                            plugin,
                            limits,
                            deadline,
                            CallBudgetShare.of(plugin, limits, budgetOwner),
                            export.need());
            return callAlone(export, limits, terms, arguments);
        } finally {
            within = null;
            leave();
        }
    }

    /** Who closes while a call runs may not have waited for it: then the call clears up. */
    private void leave() {
        try {
            if (closed) {
                discard();
                discardMaking();
            }
        } finally {
            turn.release();
        }
    }

    /** Within the turn only. */
    private void discard() {
        GuestInstance here = guestInstance;
        guestInstance = null;
        if (here != null) {
            here.close();
        }
    }

    /** Within the turn: what is being made is ended, which takes it no longer than to its check. */
    private void discardMaking() {
        GuestMaker.Making begun = making;
        making = null;
        if (begun != null && !begun.end(closeWaitNanos)) {
            LOG.warn("{}: closed while a guest is still being made", plugin);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw PluginException.of(ErrorCode.NOT_ACTIVE, plugin, "its generation has ended", "");
        }
    }

    private void acquire(Limits limits, long deadlineNanos) {
        // Without the question, tryAcquire would let a newcomer pass those that wait.
        if (!turn.hasQueuedThreads() && turn.tryAcquire()) {
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

    /** Calls that wait for their turn; for tests. */
    int waitingCalls() {
        return turn.getQueueLength();
    }

    boolean isClosed() {
        return closed;
    }

    private PluginException busy(String what) {
        return PluginException.of(
                ErrorCode.LIMIT_BUSY,
                plugin,
                what,
                "call less often, or raise queue or wallMillis in "
                        + Places.ofPlugin(plugin.name()));
    }

    private Answer<@Nullable Object> callAlone(
            BoundExport export, Limits limits, Terms terms, @Nullable Object[] arguments) {
        requireOpen();
        GuestInstance here = guestInstance;
        if (here == null) {
            here = awaitGuest(limits, terms.deadline().nanos());
            guestInstance = here;
            requireOpen();
        }
        terms.requireEnough();
        Optional<PluginRef> caller = terms.caller();
        if (caller.isPresent()) {
            maker.requireRestartsLeft(caller.get(), limits);
        }
        Optional<PluginRef> causedBy = Optional.empty();
        boolean sound = false;
        try {
            Answer<@Nullable Object> answer = run(here, export, limits, terms, arguments);
            sound = true;
            return answer;
        } catch (WrongArguments e) {
            // It was not called.
            sound = true;
            throw e;
        } catch (InvalidValueException e) {
            // It returned in good order: the next call finds the guest as it is.
            sound = true;
            throw invalid(export, e);
        } catch (PluginException e) {
            causedBy = caller.filter(c -> c.name().equals(e.plugin().name()));
            throw e;
        } finally {
            if (!sound) {
                here.state().trapped();
                discard();
                beginAnother(limits, causedBy);
            }
        }
    }

    /**
     * At once, so that the next call need not wait for it.
     *
     * @param causedBy the caller that is to blame; empty where it is the plugin itself
     */
    private void beginAnother(Limits limits, Optional<PluginRef> causedBy) {
        if (closed) {
            return;
        }
        try {
            making =
                    causedBy.isPresent()
                            ? maker.againFor(causedBy.get(), limits)
                            : maker.again(limits);
        } catch (PluginException e) {
            // The next call asks again, and is told.
            LOG.debug("{}: no guest is made now: {}", plugin, e.getMessage());
        }
    }

    /** Within the turn. A guest that is late is there for a later call. */
    private GuestInstance awaitGuest(Limits limits, long deadlineNanos) {
        GuestMaker.Making begun = making;
        if (begun == null) {
            begun = had ? maker.again(limits) : maker.first(limits);
            had = true;
            making = begun;
        }
        try {
            GuestInstance made =
                    begun.made().get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            making = null;
            return made;
        } catch (TimeoutException e) {
            // Whoever can wait does so, as for a plugin that is being replaced.
            throw PluginException.of(
                    ErrorCode.NOT_ACTIVE,
                    plugin,
                    "its guest is being made anew and was not ready by the call's deadline",
                    "call it a little later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("the waiting thread was interrupted");
        } catch (ExecutionException e) {
            making = null;
            if (e.getCause() instanceof PluginException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the guest of " + plugin + " cannot be made", e);
        }
    }

    // NullAway does not follow @Nullable through type arguments here.
    @SuppressWarnings("NullAway")
    private static Answer<@Nullable Object> run(
            GuestInstance here,
            BoundExport export,
            Limits limits,
            Terms terms,
            @Nullable Object[] arguments) {
        GuestState state = here.state();
        CallBudgetShare share = terms.share();
        state.begin(limits, share.cpuNanos(), share.fuel(), terms.deadline().nanos());
        CallBudget budget =
                new CallBudget(
                        share.cpuNanos(),
                        TimeUnit.MILLISECONDS.toNanos(limits.wallMillis()),
                        terms.deadline().nanos(),
                        share.fuel(),
                        limits.stackBytes());
        long begin = System.nanoTime();
        try (ExcludedCpuTime.Entered entered = ExcludedCpuTime.enter()) {
            Object value =
                    here.guest().run(budget, () -> inside(here, export, arguments)).orThrow();
            if (value instanceof ResultValue r) {
                return r.failed()
                        ? new Answer.Refusal<>(
                                Escaped.line(String.valueOf(r.value()), REFUSAL_LENGTH))
                        : new Answer.Value<>(r.value());
            }
            return new Answer.Value<>(value);
        } catch (InvalidValueException e) {
            throw e;
        } catch (GuestAbiException e) {
            throw state.memory().blame(HostGate.broken(state, e));
        } catch (PluginException e) {
            throw terms.blame(state.memory().blame(e));
        } finally {
            long wall = System.nanoTime() - begin;
            terms.took(here.guest(), wall);
            state.end(here.guest(), wall, share.budgetOwner());
        }
    }

    private PluginException invalid(BoundExport export, InvalidValueException e) {
        return PluginException.of(
                ErrorCode.GUEST_ABI,
                plugin,
                "%s returned what the contract does not allow: %s: %s"
                        .formatted(export.name(), e.path(), e.problem()),
                "mend the plugin: the WIT of its world says what its function may return",
                e);
    }

    /** What an export returned. What it may not is no trap: the guest goes on. */
    private record Returned(@Nullable Object value, @Nullable RuntimeException instead) {
        @Nullable Object orThrow() {
            if (instead != null) {
                throw instead;
            }
            return value;
        }
    }

    /** The caller's arguments are not what the function takes. */
    private static final class WrongArguments extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongArguments(IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static Returned inside(
            GuestInstance here, BoundExport export, @Nullable Object[] arguments) {
        Guest guest = here.guest();
        GuestState state = here.state();
        GuestLinearMemory memory = new GuestLinearMemory(guest.memory(), state);
        VectorHandles vectors = state.vectors();
        Returned returned;
        long result;
        try {
            long[] core;
            try {
                core = export.codec().lowerArguments(memory, here.realloc(), vectors, arguments);
            } catch (IllegalArgumentException e) {
                return new Returned(null, new WrongArguments(e));
            }
            result = guest.function(export.name()).call(core);
            returned = lifted(export, memory, vectors, result);
        } finally {
            vectors.endLoans();
        }
        post(here, export, result);
        return returned;
    }

    private static Returned lifted(
            BoundExport export, GuestLinearMemory memory, VectorHandles vectors, long result) {
        try {
            return new Returned(export.codec().liftResult(memory, vectors, result), null);
        } catch (InvalidValueException e) {
            return new Returned(null, e);
        }
    }

    /** The guest reclaims what it returned. */
    private static void post(GuestInstance here, BoundExport export, long result) {
        if (export.post() != null) {
            GuestFunction post = here.guest().function(export.post());
            here.state().inAbi(true);
            post.call(export.postArguments(result));
            here.state().inAbi(false);
        }
    }

    /** Lets nobody in any more and ends a call that is running; does not wait. */
    void end() {
        closed = true;
        GuestInstance running = guestInstance;
        if (running != null) {
            running.cancel();
        }
        GuestMaker.Making begun = making;
        if (begun != null) {
            begun.cancel();
        }
    }

    /**
     * Ends a call that is running, and the guest. Waits for that call, which ends at its next
     * check; but where it does not come back (it waits in a host function, or it is what called
     * this), it frees the guest itself when it ends.
     */
    void close() {
        end();
        if (takeTurn()) {
            leave();
        } else {
            LOG.warn(
                    "{}: closed while a call still runs, which frees its guest at its end", plugin);
        }
    }

    /** A cancellation is lost on a call that has just not begun yet: so it is told again. */
    private boolean takeTurn() {
        long begin = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (turn.tryAcquire(CANCEL_AGAIN_NANOS, TimeUnit.NANOSECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (System.nanoTime() - begin >= closeWaitNanos) {
                    return false;
                }
                end();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
