package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.text.Escaped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks on names within directories: of those who would change one file, one does at a time,
 * however many plugins and grants lead to it. Nobody holds two. Thread-safe.
 */
final class FileLocks {
    private final Map<Key, Counted> locks = new HashMap<>();

    private record Key(Object directory, String name) {}

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** A lock that is held by the present thread. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a lock.
     *
     * @param directory the operating system's identity of it
     * @throws HostFailure TIMEOUT
     */
    Held take(Object directory, String name, Deadline deadline) throws HostFailure {
        Key key = new Key(directory, name);
        Counted counted = enter(key);
        boolean held = false;
        try {
            held = counted.lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!held) {
                leave(key, counted);
            }
        }
        if (!held) {
            throw Deadline.timeout("others change '%s'".formatted(Escaped.brief(name)));
        }
        return () -> {
            counted.lock.unlock();
            leave(key, counted);
        };
    }

    private synchronized Counted enter(Key key) {
        Counted counted = locks.computeIfAbsent(key, k -> new Counted());
        counted.users++;
        return counted;
    }

    private synchronized void leave(Key key, Counted counted) {
        if (--counted.users == 0) {
            locks.remove(key);
        }
    }

    synchronized int size() {
        return locks.size();
    }
}
