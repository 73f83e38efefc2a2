package io.trinity.files;

import io.trinity.api.sandbox.CallCounters;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which files are opened, read and written. A file system may take any time over each of
 * them, so the plugin's thread waits for them no longer than its call has time. A plugin has {@link
 * #OF_PLUGIN} at most; what waits for ever keeps its thread, and no other plugin's. Thread-safe.
 */
final class DiskThreads implements AutoCloseable {
    static final int OF_PLUGIN = 4;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long IDLE_SECONDS = 30;

    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    DiskThreads() {
        AtomicInteger number = new AtomicInteger();
        threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        r -> {
                            Thread t = new Thread(r, "trinity-files-" + number.incrementAndGet());
                            t.setDaemon(true);
                            return t;
                        });
    }

    /** Work on files. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws HostFailure, IOException;
    }

    /**
     * Runs a task and waits for it.
     *
     * @param call whose CPU time the task's is
     * @param what it works on, for messages
     * @throws HostFailure the task's own; TIMEOUT when it is not done in time, and may go on
     */
    <T> T run(HostCall call, String what, Deadline deadline, Task<T> task) throws HostFailure {
        String plugin = call.plugin().name();
        deadline.check();
        Semaphore own = permits.computeIfAbsent(plugin, k -> new Semaphore(OF_PLUGIN));
        try {
            if (!own.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw Deadline.timeout(
                        "%s operations of plugin '%s' on files are still under way"
                                .formatted(OF_PLUGIN, plugin));
            }
            FutureTask<T> running = new FutureTask<>(() -> measured(call.counters(), task));
            execute(own, running);
            return running.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Deadline.timeout("it was interrupted at '%s'".formatted(what));
        } catch (TimeoutException e) {
            throw Deadline.timeout(
                    "'%s' is still being worked on; a change that was asked for is done as a whole or not at all"
                            .formatted(what));
        } catch (ExecutionException e) {
            throw failure(e.getCause(), what);
        }
    }

    private static <T> T measured(CallCounters counters, Task<T> task)
            throws HostFailure, IOException {
        long begin = cpuNanos();
        try {
            return task.run();
        } finally {
            counters.workedElsewhere(cpuNanos() - begin);
        }
    }

    /** Of this thread; where a JVM cannot tell it, wall time. */
    private static long cpuNanos() {
        long cpu =
                THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : -1;
        return cpu < 0 ? System.nanoTime() : cpu;
    }

    private void execute(Semaphore own, FutureTask<?> running) throws HostFailure {
        boolean taken = false;
        try {
            threads.execute(
                    () -> {
                        try {
                            running.run();
                        } finally {
                            own.release();
                        }
                    });
            taken = true;
        } catch (RejectedExecutionException e) {
            throw new HostFailure(Reason.UNAVAILABLE, "the host ends");
        } finally {
            if (!taken) {
                own.release();
            }
        }
    }

    private static HostFailure failure(@Nullable Throwable cause, String what) {
        if (cause instanceof HostFailure f) {
            return f;
        }
        if (cause instanceof IOException e) {
            return DiskFailure.of(e, what);
        }
        throw new IllegalStateException("working on a file of a plugin went wrong", cause);
    }

    /** Interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
