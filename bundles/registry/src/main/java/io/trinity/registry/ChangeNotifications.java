package io.trinity.registry;

import io.trinity.api.log.PeriodicTask;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers announcements in the order in which they were added, one at a time, on the thread of
 * whoever comes first: a thread that finds another one delivering leaves its own to it. So
 * listeners may call back without deadlock. One that fails costs its own announcement and no other.
 * Thread-safe.
 */
final class ChangeNotifications {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeNotifications.class);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();

    /** Adds one; call under the lock that orders the changes. */
    void add(Runnable announcement) {
        waiting.add(announcement);
    }

    /** Delivers what is there; call outside that lock. */
    void deliver() {
        if (undelivered.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                deliver(next);
            }
            seen = undelivered.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Let out, it would leave the count above zero, and nothing would ever be delivered again. */
    private static void deliver(Runnable announcement) {
        try {
            announcement.run();
        } catch (RuntimeException | Error e) {
            PeriodicTask.unfailing(
                    () ->
                            LOG.error(
                                    "code=INTERNAL a change of a plugin could not be announced",
                                    e));
        }
    }
}
