package io.trinity.sandbox;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads on which guests are made outside of calls. As many as there is to make at a time, which
 * is no more than the guests of all plugins: one's slow initialisation holds up no other's.
 */
final class MakerThreads implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    /** Holds the WebAssembly stack at its largest, as the other threads of guests do. */
    private static final long STACK_BYTES = 4L << 20;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    MakerThreads::daemon);

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(null, work, "trinity-guest-maker", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
