package io.trinity.worker;

import io.trinity.worker.WorkerFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that answers requests, one at a time, in the order in which they came. It is started by the
 * first, stays warm for the next, is ended when none has come for a while, and is killed at its
 * limits and after anything but an answer that the asker is content with.
 *
 * <p>Thread-safe. Besides its process it has a thread for the pipe, which ends when nothing has
 * been asked for a while, and one for the process's standard error.
 */
public final class Worker implements AutoCloseable {
    private static final int OUT_OF_MEMORY = 3;

    /** A process whose pipe has ended takes a moment to be gone. */
    private static final Duration DYING = Duration.ofSeconds(2);

    private final String name;
    private final Consumer<String> log;
    private final ScheduledThreadPoolExecutor pipe;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile @Nullable WorkerProcess process;
    private volatile boolean closed;
    private long lastUsedNanos;

    /**
     * @param name of its threads
     * @param log is told what the process writes to standard error: a bounded number of lines, from
     *     any thread
     */
    public Worker(String name, Consumer<String> log) {
        this.name = name;
        this.log = log;
        this.pipe = new ScheduledThreadPoolExecutor(1, work -> daemon(work, name + "-pipe"));
        pipe.setRemoveOnCancelPolicy(true);
        pipe.setKeepAliveTime(1, TimeUnit.SECONDS);
        pipe.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Asks, and waits for the answer; before that, for its turn.
     *
     * @param launch a process that was started otherwise is ended first
     * @param keepAlive whether the process may be kept after this answer
     * @throws WorkerFailure when there is no answer
     * @throws InterruptedException when the thread is interrupted while it waits; a process that
     *     was at work is killed
     */
    public Frame ask(Launch launch, WorkerLimits limits, Frame request, Predicate<Frame> keepAlive)
            throws WorkerFailure, InterruptedException {
        turn.lockInterruptibly();
        try {
            WorkerProcess warm = process;
            boolean reused = warm != null && warm.serves(launch);
            Frame answer;
            try {
                answer = askOnce(launch, limits, request);
            } catch (WorkerFailure f) {
                // One that died while nobody asked is nobody's fault; a fresh one shows whose it
                // is.
                if (!reused || f.kind() != Kind.ENDED) {
                    throw f;
                }
                answer = askOnce(launch, limits, request);
            }
            if (!keepAlive.test(answer)) {
                drop();
            }
            return answer;
        } finally {
            endWhenIdle(limits.idle());
            turn.unlock();
        }
    }

    /** Whether somebody is being answered now. */
    public boolean isBusy() {
        return turn.isLocked();
    }

    private Frame askOnce(Launch launch, WorkerLimits limits, Frame request)
            throws WorkerFailure, InterruptedException {
        WorkerProcess running = running(launch, limits);
        return timed(
                running,
                limits.answer(),
                () -> running.exchange(request, limits.answerBytes()),
                Kind.TIME);
    }

    private WorkerProcess running(Launch launch, WorkerLimits limits)
            throws WorkerFailure, InterruptedException {
        WorkerProcess known = process;
        if (known != null && known.serves(launch)) {
            return known;
        }
        drop();
        refuseIfClosed();
        WorkerProcess fresh = WorkerProcess.start(launch, name, log);
        process = fresh;
        // Closed between the look and the start: close() may have seen the one before.
        if (closed) {
            drop();
        }
        refuseIfClosed();
        try {
            timed(fresh, limits.start(), fresh::greeted, Kind.NOT_STARTED);
        } catch (WorkerFailure f) {
            if (f.kind() == Kind.CLOSED) {
                throw f;
            }
            throw new WorkerFailure(Kind.NOT_STARTED, "it did not come up: " + f.getMessage(), f);
        }
        return fresh;
    }

    private void refuseIfClosed() throws WorkerFailure {
        if (closed) {
            throw new WorkerFailure(Kind.CLOSED, "the runtime is ending", null);
        }
    }

    /** Reads or writes on the pipe's thread, so that this one can stop waiting. */
    private Frame timed(WorkerProcess running, Duration time, Callable<Frame> io, Kind late)
            throws WorkerFailure, InterruptedException {
        Future<Frame> answer;
        try {
            answer = pipe.submit(io);
        } catch (RejectedExecutionException e) {
            drop();
            throw new WorkerFailure(Kind.CLOSED, "the runtime is ending", e);
        }
        boolean answered = false;
        try {
            Frame frame = answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
            answered = true;
            return frame;
        } catch (TimeoutException e) {
            throw new WorkerFailure(
                    late,
                    "it took longer than " + seconds(time) + running.cpuTime() + ", and was killed",
                    e);
        } catch (CancellationException e) {
            throw new WorkerFailure(Kind.CLOSED, "the runtime is ending", e);
        } catch (ExecutionException e) {
            throw broken(running, e.getCause());
        } finally {
            if (!answered) {
                drop();
            }
        }
    }

    private WorkerFailure broken(WorkerProcess running, @Nullable Throwable cause) {
        if (!(cause instanceof IOException)) {
            return new WorkerFailure(Kind.GARBAGE, "the pipe failed: " + cause, cause);
        }
        boolean garbage = cause instanceof Frame.Garbage;
        // What a JVM writes while it dies is no answer either; how it died says more.
        OptionalInt exit = running.exit(garbage ? Duration.ofMillis(200) : DYING);
        if (closed) {
            return new WorkerFailure(Kind.CLOSED, "the runtime is ending", cause);
        }
        if (exit.isPresent() && exit.getAsInt() == OUT_OF_MEMORY) {
            return new WorkerFailure(Kind.MEMORY, "it ran out of memory", cause);
        }
        if (garbage) {
            return new WorkerFailure(Kind.GARBAGE, String.valueOf(cause.getMessage()), cause);
        }
        String how = exit.isPresent() ? "with exit code " + exit.getAsInt() : "its pipe";
        return new WorkerFailure(Kind.ENDED, "it ended " + how + " and gave no answer", cause);
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void drop() {
        WorkerProcess running = process;
        process = null;
        if (running != null) {
            running.kill();
        }
    }

    private void endWhenIdle(Duration idle) {
        lastUsedNanos = System.nanoTime();
        if (process == null || closed) {
            return;
        }
        try {
            pipe.schedule(() -> endIfIdle(idle), idle.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            drop();
        }
    }

    private void endIfIdle(Duration idle) {
        // Whoever has the turn schedules this anew.
        if (turn.tryLock()) {
            try {
                if (System.nanoTime() - lastUsedNanos >= idle.toNanos()) {
                    drop();
                }
            } finally {
                turn.unlock();
            }
        }
    }

    /**
     * Kills the process, even in the middle of a request, which fails; nothing is started again.
     */
    @Override
    public void close() {
        closed = true;
        drop();
        for (Runnable neverBegun : pipe.shutdownNow()) {
            // Whoever asked at the same moment waits for it.
            if (neverBegun instanceof Future<?> asked) {
                asked.cancel(true);
            }
        }
    }

    /** The process that is up at the moment, for tests. */
    @Nullable Long pid() {
        WorkerProcess running = process;
        return running == null ? null : running.pid();
    }

    /** Whether the process has written what nobody has read, for tests. */
    boolean hasUnreadBytes() {
        WorkerProcess running = process;
        return running != null && running.hasUnreadBytes();
    }
}
