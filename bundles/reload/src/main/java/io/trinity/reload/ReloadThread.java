package io.trinity.reload;

import io.trinity.api.log.Asker;
import io.trinity.api.log.PeriodicTask;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reload's one thread, on which all decisions are made, and the threads of others that wait for
 * what comes of them. What fails there is told of and ends nothing else. Thread-safe.
 */
final class ReloadThread implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadThread.class);
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "trinity-reload"));
    private final Set<CompletableFuture<?>> answers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pending = new AtomicInteger();
    private final Queue<Runnable> first = new ConcurrentLinkedQueue<>();
    private final Runnable afterEach;

    /**
     * @param afterEach done on the thread after each piece of work, also one that failed
     */
    ReloadThread(Runnable afterEach) {
        this.afterEach = afterEach;
    }

    /**
     * Does something as soon as it can.
     *
     * @throws RejectedExecutionException after {@link #stop}
     */
    @Override
    public void execute(Runnable work) {
        thread.execute(() -> guarded(work));
    }

    /**
     * Does something before all else that waits.
     *
     * @throws RejectedExecutionException after {@link #stop}
     */
    void first(Runnable work) {
        pending.incrementAndGet();
        first.add(work);
        try {
            // Whichever piece of work comes next does it; this one if there is no other.
            thread.execute(this::doFirst);
        } catch (RejectedExecutionException e) {
            if (first.remove(work)) {
                pending.decrementAndGet();
            }
            throw e;
        }
    }

    private void doFirst() {
        for (Runnable next = first.poll(); next != null; next = first.poll()) {
            try {
                alone(next);
            } finally {
                pending.decrementAndGet();
            }
        }
    }

    /** Does something after a delay; {@link #isIdle} is false until it is done. */
    void after(long delayNanos, Runnable work) {
        pending.incrementAndGet();
        try {
            thread.schedule(
                    () -> {
                        try {
                            guarded(work);
                        } finally {
                            pending.decrementAndGet();
                        }
                    },
                    delayNanos,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            LOG.debug("reload is ending; a change is left for the next start");
        }
    }

    /**
     * Does something again and again, first after the longest time.
     *
     * @param work gives when to do it again, in nanoseconds
     * @param mostNanos when to do it again at the latest, also where the work failed
     */
    void repeat(LongSupplier work, LongSupplier mostNanos) {
        repeat(work, mostNanos, mostNanos.getAsLong());
    }

    private void repeat(LongSupplier work, LongSupplier mostNanos, long delayNanos) {
        try {
            thread.schedule(
                    () -> {
                        long[] next = {mostNanos.getAsLong()};
                        try {
                            guarded(() -> next[0] = Math.min(next[0], work.getAsLong()));
                        } finally {
                            repeat(work, mostNanos, Math.max(next[0], LEAST_NANOS));
                        }
                    },
                    delayNanos,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("reload is ending; the folder is left to the next start");
        }
    }

    /**
     * Begins something on the one thread and waits for what comes of it, on the caller's, for whom
     * it is done.
     *
     * @throws PluginException what the answer was completed with; NOT_ACTIVE where reload ends
     */
    <T> T ask(Consumer<CompletableFuture<T>> begin) {
        String asker = Asker.now();
        CompletableFuture<T> answer = new CompletableFuture<>();
        answers.add(answer);
        try {
            first(
                    () ->
                            Asker.run(
                                    asker,
                                    () -> {
                                        try {
                                            begin.accept(answer);
                                        } catch (RuntimeException | Error e) {
                                            answer.completeExceptionally(e);
                                        }
                                    }));
        } catch (RejectedExecutionException e) {
            LOG.debug("reload is ending", e);
        }
        if (thread.isShutdown()) {
            answer.completeExceptionally(ending());
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for reload", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginException p) {
                throw p;
            }
            throw new IllegalStateException("reload failed in a way that it should not", e);
        } finally {
            answers.remove(answer);
        }
    }

    /** Whether nothing waits to be done, but what is done again and again. */
    boolean isIdle() {
        return pending.get() == 0;
    }

    /** Ends it; whoever waits is told so. */
    void stop() {
        thread.shutdownNow();
        answers.forEach(a -> a.completeExceptionally(ending()));
    }

    private static PluginException ending() {
        return PluginException.of(
                ErrorCode.NOT_ACTIVE,
                PluginRef.named("reload"),
                "the host is ending, or loads are being configured anew",
                "try again when it is up");
    }

    private void guarded(Runnable work) {
        doFirst();
        alone(work);
    }

    private void alone(Runnable work) {
        try {
            Asker.run(Asker.HOST, work);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        try {
            afterEach.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private static void failed(Throwable e) {
        PeriodicTask.unfailing(
                () -> LOG.error("code=INTERNAL reload failed in a way that it should not", e));
    }
}
