package io.trinity.reload;

import io.trinity.api.log.Asker;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which loads take their time, and the way back to reload's one thread. What was
 * begun for somebody goes on for him.
 */
final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);
    private static final long STACK_BYTES = 4L << 20;
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final Executor home;
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * @param home where results are taken in
     */
    Work(int threads, Executor home) {
        AtomicInteger number = new AtomicInteger();
        this.pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        r ->
                                new Thread(
                                        null,
                                        r,
                                        "trinity-load-" + number.incrementAndGet(),
                                        STACK_BYTES));
        pool.allowCoreThreadTimeOut(true);
        this.home = home;
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

    /** Whether nothing is under way. */
    boolean isIdle() {
        return begun.get() == 0;
    }

    /**
     * Does it elsewhere, and takes in here what came of it.
     *
     * @param work throws nothing that is expected
     * @param failed what came of it where it threw nevertheless
     */
    <T> void begin(
            Callable<T> work, java.util.function.Function<Throwable, T> failed, Consumer<T> then) {
        String asker = Asker.now();
        begun.incrementAndGet();
        try {
            pool.execute(
                    () -> {
                        T result;
                        try {
                            result = Asker.call(asker, work);
                        } catch (Exception | Error e) {
                            LOG.error("code=INTERNAL a load failed in a way that it should not", e);
                            result = failed.apply(e);
                        }
                        T came = result;
                        back(() -> Asker.run(asker, () -> then.accept(came)));
                    });
        } catch (RejectedExecutionException e) {
            begun.decrementAndGet();
            LOG.debug("reload is ending; a load is left to the next start");
        }
    }

    private void back(Runnable then) {
        try {
            home.execute(
                    () -> {
                        try {
                            then.run();
                        } finally {
                            begun.decrementAndGet();
                        }
                    });
        } catch (RejectedExecutionException e) {
            begun.decrementAndGet();
            LOG.debug("reload is ending; what came of a load is left to the next start");
        }
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
