package io.trinity.reload;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which loads take their time. Thread-safe. */
final class LoadPool implements Executor {
    private static final long STACK_BYTES = 4L << 20;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;

    /**
     * @param threads so many pieces of work at once, from 1
     */
    LoadPool(int threads) {
        this("trinity-load-", threads);
    }

    /**
     * @param name that those of the threads begin with
     */
    LoadPool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        this.pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        r -> new Thread(null, r, name + number.incrementAndGet(), STACK_BYTES));
        pool.allowCoreThreadTimeOut(true);
    }

    /** From now on so many pieces of work at once. */
    void threads(int threads) {
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
        } else {
            pool.setCorePoolSize(threads);
            pool.setMaximumPoolSize(threads);
        }
    }

    /**
     * Does it when a thread is free.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #stop}
     */
    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** Begins nothing more, and interrupts what is under way. */
    void stop() {
        pool.shutdownNow();
    }

    /**
     * @return whether all had ended by then
     */
    boolean awaitEnd(int seconds) throws InterruptedException {
        return pool.awaitTermination(seconds, TimeUnit.SECONDS);
    }
}
