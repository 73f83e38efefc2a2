package io.trinity.sandbox;

import io.trinity.api.log.OncePerSecond.Later;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread on which logs tell later of what they left out; it ends when there is nothing. */
final class LogTimer implements Later, AutoCloseable {
    private static final long END_SECONDS = 3;

    private final ScheduledThreadPoolExecutor thread;

    LogTimer() {
        thread =
                new ScheduledThreadPoolExecutor(
                        1, LogTimer::daemon, new ThreadPoolExecutor.DiscardPolicy());
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "trinity-log");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void in(long millis, Runnable work) {
        thread.schedule(work, millis, TimeUnit.MILLISECONDS);
    }

    /** What was to be told within the second is waited for. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
