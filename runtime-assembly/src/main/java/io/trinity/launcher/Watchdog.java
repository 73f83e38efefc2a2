package io.trinity.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Closes a channel on which somebody waits for too long; a blocking read of a Unix socket knows no
 * time limit. Only waiting counts, not what is done between two waits.
 */
final class Watchdog implements AutoCloseable {
    private static final long FOREVER = Long.MAX_VALUE;

    private final Closeable channel;
    private final long wholeNanos;
    private long untilNanos = FOREVER;
    private boolean barked;
    private boolean over;

    Watchdog(Closeable channel, Duration whole) {
        this.channel = channel;
        this.wholeNanos = System.nanoTime() + whole.toNanos();
        Thread thread = new Thread(this::watch, "trinity-client-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** A wait begins. */
    synchronized void expect(Duration within) {
        untilNanos = System.nanoTime() + within.toNanos();
        notifyAll();
    }

    /** The wait is over. */
    synchronized void came() {
        untilNanos = FOREVER;
    }

    /** Whether it has closed the channel. */
    synchronized boolean barked() {
        return barked;
    }

    private synchronized void watch() {
        try {
            while (!over) {
                long left =
                        untilNanos == FOREVER
                                ? FOREVER
                                : Math.min(untilNanos, wholeNanos) - System.nanoTime();
                if (left <= 0) {
                    barked = true;
                    channel.close();
                    return;
                }
                wait(left == FOREVER ? 0 : left / 1_000_000 + 1);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a socket that cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }
}
