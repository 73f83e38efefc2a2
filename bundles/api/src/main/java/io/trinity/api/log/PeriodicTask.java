package io.trinity.api.log;

import java.util.function.Consumer;

/**
 * What is done again and again, whatever comes of it. An executor never again runs a periodic task
 * that has thrown, and says so to nobody: be it an Error, as where the heap is full, and be it
 * while the failure is told.
 *
 * @param work what is done
 * @param told what tells of a failure
 */
public record PeriodicTask(Runnable work, Consumer<Throwable> told) implements Runnable {
    /** Does it. Never throws. */
    @Override
    public void run() {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        unfailing(() -> told.accept(failure));
    }

    /**
     * Tells of a failure, or leaves it untold: where there is no memory for the work, there may be
     * none to tell of it, and whoever does the work must go on.
     */
    public static void unfailing(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error untold) {
            return;
        }
    }
}
