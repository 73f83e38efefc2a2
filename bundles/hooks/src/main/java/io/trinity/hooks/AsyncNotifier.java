package io.trinity.hooks;

import io.trinity.api.config.Places;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands work to one thread, in order, through a bounded queue; when it is full the work is dropped
 * and counted. Thread-safe.
 */
final class AsyncNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncNotifier.class);
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor thread;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - TELL_NANOS);

    AsyncNotifier(int capacity) {
        // The stack must hold a guest's 64 KiB in interpreted JVM frames and the host below it.
        thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(capacity),
                        r -> {
                            Thread t = new Thread(null, r, "trinity-hooks", 4L << 20);
                            t.setDaemon(true);
                            return t;
                        },
                        (work, pool) -> drop());
    }

    void post(Runnable work) {
        thread.execute(work);
    }

    private void drop() {
        long count = dropped.incrementAndGet();
        long told = toldNanos.get();
        long now = System.nanoTime();
        if (now - told >= TELL_NANOS && toldNanos.compareAndSet(told, now)) {
            LOG.warn(
                    "on_error and on_metrics hooks are too slow: dropped={} so far; raise queue in"
                            + " {}, or disable the slow ones",
                    count,
                    Places.of(HookComponent.PID));
        }
    }

    long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a hook still runs and is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
