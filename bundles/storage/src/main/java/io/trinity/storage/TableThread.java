package io.trinity.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the file. (Were it the callers', an interrupt of one of them would
 * close the file: {@link java.nio.channels.InterruptibleChannel}.)
 *
 * <p>It takes whatever waits, does it in the order in which it came, makes it durable once, and
 * only then answers all of it. So many writers share one sync, and nobody is told of a value that a
 * crash could take back.
 *
 * <p>A table that fails to become durable is abandoned, and all that shared that sync is refused.
 * Each later request tries to open it again.
 */
final class TableThread {
    private static final Logger LOG = LoggerFactory.getLogger(TableThread.class);
    private static final Work<@Nullable Void> END =
            new Work<>(false, table -> null, new CompletableFuture<>());

    private final Table.Opener opener;
    private final BlockingQueue<Work<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "trinity-storage");

    /** What the thread is at; guarded by itself, so that a deadline can refuse it. */
    private final List<Work<?>> batch = new ArrayList<>();

    private final Object gate = new Object();
    private boolean closed; // guarded by gate
    private @Nullable Table table; // the thread's own

    TableThread(Table.Opener opener) {
        this.opener = opener;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Has something done and waits for it. An interrupt of the caller does not end the waiting; it
     * is still set afterwards.
     *
     * @param changes whether it changes the table
     * @throws TableFailure if the table could not do it or has ended
     */
    <T extends @Nullable Object> T ask(boolean changes, Function<Table, T> does) {
        Work<T> work = new Work<>(changes, does, new CompletableFuture<>());
        synchronized (gate) {
            if (closed) {
                throw TableFailure.ended();
            }
            waiting.add(work);
        }
        try {
            return work.answer().join();
        } catch (CompletionException e) {
            throw new TableFailure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** How many requests wait for the thread. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Finishes what waits and closes the table. Who still waits after the time is refused.
     *
     * @return whether it was done in time
     */
    boolean close(long millis) {
        synchronized (gate) {
            if (!closed) {
                closed = true;
                waiting.add(END);
            }
        }
        boolean interrupted = join(millis);
        boolean inTime = !thread.isAlive();
        if (!inTime) {
            refuse();
            waiting.add(END);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return inTime;
    }

    private boolean join(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        long left = millis;
        while (left > 0 && thread.isAlive()) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return interrupted;
    }

    /** Whatever ends the thread, nobody waits for it then. */
    private void serve() {
        try {
            serveUntilTheEnd();
        } finally {
            synchronized (gate) {
                closed = true;
            }
            refuse();
        }
    }

    /** Those that still wait are told that it has ended. */
    private void refuse() {
        List<Work<?>> left = new ArrayList<>();
        waiting.drainTo(left);
        synchronized (batch) {
            left.addAll(batch);
        }
        left.forEach(w -> w.answer().completeExceptionally(TableFailure.ended()));
    }

    private void serveUntilTheEnd() {
        List<Work<?>> taken = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                taken.add(waiting.take());
            } catch (InterruptedException e) {
                continue; // nobody has a reason to; the thread ends by END
            }
            waiting.drainTo(taken);
            more = !taken.remove(END);
            synchronized (batch) {
                batch.addAll(taken);
            }
            serve(taken);
            synchronized (batch) {
                batch.clear();
            }
            taken.clear();
        }
        Table last = table;
        if (last != null) {
            end(last);
        }
    }

    /** The one boundary at which whatever a file does is caught. */
    private void serve(List<Work<?>> taken) {
        List<Runnable> answers = new ArrayList<>(taken.size());
        try {
            boolean changed = false;
            for (Work<?> work : taken) {
                Table here = opened();
                try {
                    answers.add(work.run(here));
                    changed |= work.changes();
                } catch (RuntimeException e) {
                    if (here.broken()) {
                        throw e;
                    }
                    work.answer().completeExceptionally(e);
                }
            }
            if (changed) {
                opened().makeDurable();
            }
            answers.forEach(Runnable::run);
        } catch (RuntimeException | Error e) {
            abandon();
            taken.forEach(w -> w.answer().completeExceptionally(e));
        }
    }

    private Table opened() {
        Table here = table;
        if (here == null) {
            here = opener.open();
            table = here;
        }
        return here;
    }

    private void abandon() {
        Table here = table;
        table = null;
        if (here != null) {
            try {
                here.abandon();
            } catch (RuntimeException | Error e) { // or all callers would wait for ever
                LOG.warn("storage could not let go of its file", e);
            }
        }
    }

    private static void end(Table table) {
        try {
            table.close();
        } catch (RuntimeException | Error e) {
            LOG.warn("storage did not close in good order; nothing acknowledged is lost", e);
        }
    }
}
