package io.trinity.registry;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers announcements in the order in which they were added, one at a time, on the thread of
 * whoever comes first: a thread that finds another one delivering leaves its own to it. So
 * listeners may call back without deadlock. Thread-safe.
 */
final class Announcements {
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
                next.run();
            }
            seen = undelivered.addAndGet(-seen);
        } while (seen != 0);
    }
}
