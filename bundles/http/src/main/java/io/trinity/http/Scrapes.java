package io.trinity.http;

import io.trinity.http.Exposition.Body;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers with metrics, which may be large: one is made at a time, those who ask meanwhile wait for
 * it and share it, and only so many are sent at once. None is kept once nobody is being answered.
 */
final class Scrapes {
    /** What makes an answer in the format that a client takes. */
    interface Maker {
        Body of(String accept) throws IOException;
    }

    /** Most that are waited for or sent at once, over a slow line too. */
    static final int MAX_AT_ONCE = 4;

    /** How long an answer is as good as a new one. */
    static final long FRESH_NANOS = 1_000_000_000;

    private record Made(Body body, long at) {}

    private final Maker maker;
    private final LongSupplier nanoClock;
    private final Semaphore turns = new Semaphore(MAX_AT_ONCE);
    private final ReentrantLock making = new ReentrantLock();

    /** By format. Guarded by {@link #making}. */
    private final Map<String, Made> made = new HashMap<>();

    Scrapes(Maker maker, LongSupplier nanoClock) {
        this.maker = maker;
        this.nanoClock = nanoClock;
    }

    /**
     * Lets one in; it leaves by closing the turn, after its answer was sent.
     *
     * @return null where too many are there
     */
    @Nullable Turn enter() {
        return turns.tryAcquire() ? new Turn() : null;
    }

    /** How many are in. */
    int now() {
        return MAX_AT_ONCE - turns.availablePermits();
    }

    /** For one thread. */
    final class Turn implements AutoCloseable {
        private Turn() {}

        /** The answer, a fresh one of another's where there is one. */
        Body body(String accept) throws IOException {
            String format = Exposition.contentType(accept);
            making.lock();
            try {
                Made there = made.get(format);
                if (there == null || nanoClock.getAsLong() - there.at() >= FRESH_NANOS) {
                    // Before the next is made, so that no more of them are there than are sent.
                    made.remove(format);
                    there = new Made(maker.of(accept), nanoClock.getAsLong());
                    made.put(format, there);
                }
                return there.body();
            } finally {
                making.unlock();
            }
        }

        @Override
        public void close() {
            making.lock();
            try {
                turns.release();
                if (turns.availablePermits() == MAX_AT_ONCE) {
                    made.clear();
                }
            } finally {
                making.unlock();
            }
        }
    }
}
