package io.trinity.pipeline;

import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads chunks on a thread of its own, into a bounded queue: reading and working overlap, and a
 * slow stage stops the reader. Taken from by one thread.
 */
final class ReadAhead implements AutoCloseable {
    /** Where chunks come from. */
    interface Source {
        /** The next chunk; nothing after the last. */
        Optional<Chunk> read() throws IOException;
    }

    /** A chunk, the end, or why reading failed: whatever it was, since somebody waits. */
    private record Item(@Nullable Chunk chunk, @Nullable Throwable failure) {}

    private static final long JOIN_MILLIS = 5000;

    private final BlockingQueue<Item> queue;
    private final Thread thread;

    /**
     * @param capacity most chunks that wait
     */
    ReadAhead(String name, Source source, int capacity) {
        queue = new ArrayBlockingQueue<>(capacity);
        thread = new Thread(() -> read(source), "trinity-reader-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Source source) {
        try {
            Item item;
            do {
                item = next(source);
                queue.put(item);
            } while (item.chunk() != null);
        } catch (InterruptedException e) {
            // Nobody takes any more.
            Thread.currentThread().interrupt();
        }
    }

    private static Item next(Source source) {
        try {
            return new Item(source.read().orElse(null), null);
        } catch (IOException | RuntimeException | Error e) {
            return new Item(null, e);
        }
    }

    /** The next chunk; nothing after the last. Waits for it. */
    Optional<Chunk> take() throws IOException, InterruptedException {
        Item item = queue.take();
        Throwable failure = item.failure();
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(
                    "the reader failed in a way that it should not", failure);
        }
        return Optional.ofNullable(item.chunk());
    }

    /** Chunks that wait now. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
