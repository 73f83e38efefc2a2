package io.trinity.reload;

import io.trinity.api.log.Asker;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes long, done elsewhere, and the way back to reload's one thread. What was begun for
 * somebody goes on for him, and before all that nobody asked for.
 */
final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    /**
     * Where work is done, and its results are taken in.
     *
     * @param elsewhere where it is done
     * @param home where results are taken in
     */
    record Lane(Executor elsewhere, Executor home) {}

    private final Lane usual;
    private final Lane asked;
    private final AtomicInteger begun = new AtomicInteger();

    /** For what nobody asked for and what somebody did alike. */
    Work(Executor elsewhere, Executor home) {
        this(new Lane(elsewhere, home), new Lane(elsewhere, home));
    }

    /**
     * @param usual for what nobody asked for
     * @param asked for what somebody waits for: it does not wait behind the other
     */
    Work(Lane usual, Lane asked) {
        this.usual = usual;
        this.asked = asked;
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return begun.get() == 0;
    }

    /**
     * Does it elsewhere, and takes in here what came of it.
     *
     * @param work throws nothing that is expected
     * @param failed what came of it where it threw nevertheless, or, with a CancellationException,
     *     where it was given up before it began
     */
    <T> Task begin(Callable<T> work, Function<Throwable, T> failed, Consumer<T> then) {
        String asker = Asker.now();
        begun.incrementAndGet();
        Task task =
                new Task(
                        !asker.equals(Asker.HOST),
                        self -> {
                            T result;
                            try {
                                result = Asker.call(asker, work);
                            } catch (Exception | Error e) {
                                LOG.error(
                                        "code=INTERNAL a load failed in a way that it should not",
                                        e);
                                result = failed.apply(e);
                            }
                            T came = result;
                            back(self, () -> Asker.run(asker, () -> then.accept(came)));
                        },
                        self -> {
                            T came = failed.apply(new CancellationException("it was given up"));
                            back(self, () -> Asker.run(asker, () -> then.accept(came)));
                        });
        try {
            (task.hurried ? asked : usual).elsewhere.execute(task);
        } catch (RejectedExecutionException e) {
            begun.decrementAndGet();
            LOG.debug("reload is ending; a load is left to the next start");
        }
        return task;
    }

    private void back(Task task, Runnable then) {
        try {
            (task.hurried ? asked : usual)
                    .home.execute(
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

    /** A piece of work. Runs once, however often it is run. */
    final class Task implements Runnable {
        private final Consumer<Task> work;
        private final Consumer<Task> instead;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile boolean hurried;

        private Task(boolean hurried, Consumer<Task> work, Consumer<Task> instead) {
            this.hurried = hurried;
            this.work = work;
            this.instead = instead;
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                work.accept(this);
            }
        }

        /** Nobody wants it any more: if it has not begun, it never does. */
        void giveUp() {
            if (begun.compareAndSet(false, true)) {
                hurried = true;
                instead.accept(this);
            }
        }

        /** Somebody waits for it now. */
        void hurry() {
            if (hurried) {
                return;
            }
            hurried = true;
            if (!begun.get()) {
                try {
                    asked.elsewhere.execute(this);
                } catch (RejectedExecutionException e) {
                    LOG.debug("reload is ending; it is left to the next start");
                }
            }
        }
    }
}
