package io.trinity.reload;

import io.trinity.api.log.Asker;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes long, done elsewhere, and the way back to reload's one thread. What was begun for
 * somebody goes on for him.
 */
final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Executor elsewhere;
    private final Executor home;
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * @param elsewhere where it is done
     * @param home where results are taken in
     */
    Work(Executor elsewhere, Executor home) {
        this.elsewhere = elsewhere;
        this.home = home;
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
    <T> void begin(Callable<T> work, Function<Throwable, T> failed, Consumer<T> then) {
        String asker = Asker.now();
        begun.incrementAndGet();
        try {
            elsewhere.execute(
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
}
