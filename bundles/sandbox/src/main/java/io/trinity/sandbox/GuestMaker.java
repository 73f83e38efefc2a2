package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.sandbox.GuestSlot.GuestInstance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the guests of one generation outside of the calls that need them: what initialisation takes
 * is then never added to what a call may take, whoever calls. How often it does so is bounded by a
 * {@link RestartAllowance}: the generation's own, and one for each plugin whose calls end its
 * guests through no fault of theirs. Thread-safe.
 */
final class GuestMaker {
    /** Makes a guest on the thread that asks. */
    @FunctionalInterface
    interface Opener {
        /**
         * Makes one.
         *
         * @param begun told of it before any of its code runs, so that it may be cancelled
         * @throws PluginException whatever its initialisation ended in
         */
        GuestInstance open(Limits limits, Consumer<GuestInstance> begun);
    }

    private static final long CANCEL_AGAIN_MILLIS = 10;

    private final PluginRef plugin;
    private final Opener opener;
    private final Executor threads;
    private final RestartAllowance own;
    private final CallersRestarts callers;
    private volatile @Nullable Making loading;

    /**
     * @param own for guests that the plugin itself ends
     * @param callers for those that others end
     */
    GuestMaker(
            PluginRef plugin,
            Opener opener,
            Executor threads,
            RestartAllowance own,
            CallersRestarts callers) {
        this.plugin = plugin;
        this.opener = opener;
        this.threads = threads;
        this.own = own;
        this.callers = callers;
    }

    /** Makes one here and now: when the plugin is loaded, where nobody waits for a call. */
    GuestInstance make(Limits limits) {
        Making here = new Making(limits, own);
        loading = here;
        try {
            return opener.open(limits, here::begun);
        } finally {
            loading = null;
        }
    }

    /** Ends what {@link #make} is at, if anything. Does not wait. */
    void giveUp() {
        Making here = loading;
        if (here != null) {
            here.cancel();
        }
    }

    /** Begins to make the first guest of a slot, which is no more often than slots are there. */
    Making first(Limits limits) {
        return begin(limits, own);
    }

    /**
     * Begins to make a guest in place of one that is gone.
     *
     * @throws PluginException LIMIT_RESTARTS
     */
    Making again(Limits limits) {
        if (!own.allows(limits.initMillis())) {
            throw PluginException.of(
                    ErrorCode.LIMIT_RESTARTS,
                    plugin,
                    "its guest had to be made anew so often that its initialisation took more than %s ms of CPU time within %s s"
                            .formatted(limits.initMillis(), RestartAllowance.REFILL_SECONDS),
                    "mend what ends its calls (plugin:log %s tells), let it initialise faster, or raise initMillis in %s"
                            .formatted(plugin.name(), Places.ofPlugin(plugin.name())));
        }
        return begin(limits, own);
    }

    /**
     * Begins to make a guest in place of one that another plugin ended, by calling with too little.
     * What it takes is that one's, see {@link #requireRestartsLeft}.
     */
    Making againFor(PluginRef caller, Limits limits) {
        return begin(limits, callers.of(caller));
    }

    /**
     * Before another plugin enters the guest.
     *
     * @throws PluginException the caller's LIMIT_RESTARTS, where it has ended guests too often
     */
    void requireRestartsLeft(PluginRef caller, Limits limits) {
        if (!callers.allow(caller, limits.initMillis())) {
            throw PluginException.of(
                    ErrorCode.LIMIT_RESTARTS,
                    caller,
                    "its calls of plugin '%s' ended in mid-call so often that making guests for that anew took more than %s ms of CPU time within %s s"
                            .formatted(
                                    plugin.name(),
                                    limits.initMillis(),
                                    RestartAllowance.REFILL_SECONDS),
                    "let it call '%s' earlier and with more left; it may again after a few seconds"
                            .formatted(plugin.name()));
        }
    }

    private Making begin(Limits limits, RestartAllowance pays) {
        Making making = new Making(limits, pays);
        try {
            threads.execute(making);
        } catch (RejectedExecutionException e) {
            throw PluginException.of(
                    ErrorCode.NOT_ACTIVE, plugin, "the host is ending", "start it again", e);
        }
        return making;
    }

    /** A guest that is being made. */
    final class Making implements Runnable {
        private final Limits limits;
        private final RestartAllowance allowance;
        private final CompletableFuture<GuestInstance> made = new CompletableFuture<>();
        private @Nullable GuestInstance begun;
        private boolean cancelled;

        private Making(Limits limits, RestartAllowance allowance) {
            this.limits = limits;
            this.allowance = allowance;
        }

        /** Done when it is made, or with the exception that its initialisation ended in. */
        CompletableFuture<GuestInstance> made() {
            return made;
        }

        @Override
        public void run() {
            long cpu = ThreadCpu.nanos();
            long wall = System.nanoTime();
            try {
                if (isCancelled()) {
                    throw PluginException.of(
                            ErrorCode.NOT_ACTIVE, plugin, "its generation has ended", "");
                }
                GuestInstance here = opener.open(limits, this::begun);
                allowance.spent(ThreadCpu.nanos() - cpu, System.nanoTime() - wall);
                if (!made.complete(here)) {
                    here.close();
                }
            } catch (RuntimeException | Error e) {
                allowance.spent(ThreadCpu.nanos() - cpu, System.nanoTime() - wall);
                made.completeExceptionally(e);
            }
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        private void begun(GuestInstance guest) {
            synchronized (this) {
                begun = guest;
                if (!cancelled) {
                    return;
                }
            }
            guest.cancel();
        }

        /**
         * Cancels it, and closes what has been made.
         *
         * @return whether it has ended within that time; it ends all the same later
         */
        boolean end(long waitNanos) {
            long begin = System.nanoTime();
            made.thenAccept(GuestInstance::close);
            boolean interrupted = false;
            try {
                while (!made.isDone()) {
                    // A cancellation is lost on code that has just not begun yet.
                    cancel();
                    try {
                        made.handle((guest, failure) -> true)
                                .get(CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                    } catch (TimeoutException e) {
                        if (System.nanoTime() - begin >= waitNanos) {
                            return false;
                        }
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (ExecutionException e) {
                        throw new IllegalStateException("handled above", e);
                    }
                }
                return true;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Nobody wants it any more. Does not wait. */
        void cancel() {
            GuestInstance running;
            synchronized (this) {
                cancelled = true;
                running = begun;
            }
            if (running != null) {
                running.cancel();
            }
        }
    }
}
