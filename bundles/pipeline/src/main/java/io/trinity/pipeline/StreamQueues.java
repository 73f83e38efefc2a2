package io.trinity.pipeline;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.HostAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The named streams by which plugins hand chunks to each other: {@code push} and {@code pull} of
 * interface {@code streams}. Each is a bounded queue in memory. Thread-safe.
 */
final class StreamQueues {
    private static final int MAX_PULL = 64;

    /** How often who waits looks whether its call is still wanted. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final class Queue {
        final Deque<QueuedChunk> chunks = new ArrayDeque<>();
        final StreamPlaces places;
        long nextSequence;

        Queue(int capacity) {
            places = new StreamPlaces(capacity);
        }
    }

    private final Map<String, Queue> queues = new TreeMap<>();
    private volatile StreamMembers members = new StreamMembers(Map.of(), Map.of());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    /**
     * @param names of the streams that there are
     * @param capacity most chunks that wait in one
     */
    StreamQueues(Set<String> names, int capacity) {
        names.forEach(n -> queues.put(n, new Queue(capacity)));
    }

    /** Who may push and pull, from now on. */
    void members(StreamMembers now) {
        members = now;
    }

    /** {@code streams.push} of a plugin, which waits for room for half of its time. */
    void push(HostCall call, List<Chunk> chunks) throws HostFailure {
        requireOwn(chunks);
        // Who waits until its own end is told of nothing, and is stopped for it.
        push(
                call.plugin().name(),
                chunks,
                halfway(call.deadlineNanos()),
                call.memory(),
                call.cancelled());
    }

    private static void requireOwn(List<Chunk> made) throws HostFailure {
        try {
            HostAttributes.requireNoneMade(made, List.of());
        } catch (IllegalArgumentException e) {
            throw new HostFailure(Reason.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /**
     * All chunks or none; waits for room until the deadline.
     *
     * @param pusher name of the plugin
     * @param memory of it; each chunk is counted there until it is pulled
     */
    void push(
            String pusher,
            List<Chunk> chunks,
            long deadlineNanos,
            MemoryQuota memory,
            BooleanSupplier cancelled)
            throws HostFailure {
        lock.lock();
        try {
            Map<String, Integer> wanted = new HashMap<>();
            for (Chunk c : chunks) {
                queue(c.stream());
                members.checkPush(pusher, c.stream());
                wanted.merge(c.stream(), 1, Integer::sum);
            }
            for (Map.Entry<String, Integer> w : wanted.entrySet()) {
                StreamPlaces places = queue(w.getKey()).places;
                if (w.getValue() > places.most()) {
                    throw new HostFailure(
                            Reason.LIMIT,
                            "%s chunks at once for stream '%s', of which one plugin may hold %s"
                                    .formatted(w.getValue(), w.getKey(), places.most()));
                }
            }
            while (!room(pusher, wanted)) {
                await(deadlineNanos, cancelled, "there was no room in " + wanted.keySet());
            }
            reserve(chunks, memory);
            for (Chunk c : chunks) {
                Queue q = queue(c.stream());
                q.places.taken(pusher);
                q.chunks.add(
                        new QueuedChunk(
                                pusher,
                                c.numbered(q.nextSequence++, c.last()),
                                memory,
                                QueuedChunk.heapBytes(c)));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void reserve(List<Chunk> chunks, MemoryQuota memory) throws HostFailure {
        long bytes = chunks.stream().mapToLong(QueuedChunk::heapBytes).sum();
        if (!memory.tryReserve(bytes)) {
            throw new HostFailure(
                    Reason.LIMIT,
                    memory.totalRefusing(bytes)
                            .orElse(
                                    "chunks that wait in streams count towards the plugin's memory of %s bytes, which has no room for %s more"
                                            .formatted(memory.limitBytes(), bytes)));
        }
    }

    private boolean room(String pusher, Map<String, Integer> wanted) throws HostFailure {
        boolean room = true;
        for (Map.Entry<String, Integer> w : wanted.entrySet()) {
            StreamPlaces places = queue(w.getKey()).places;
            places.asks(pusher, System.nanoTime());
            room &= places.hasRoom(pusher, w.getValue());
        }
        return room;
    }

    /** {@code streams.pull} of a plugin, which waits no longer than its call has time. */
    List<Chunk> pull(HostCall call, String name, long limit, long timeoutMillis)
            throws HostFailure {
        members.checkPull(call.plugin().name(), name);
        long own = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        return pull(
                name,
                limit,
                own - call.deadlineNanos() < 0 ? own : nearly(call.deadlineNanos()),
                call.cancelled());
    }

    /** Up to {@code limit} chunks; waits for the first one until the deadline, then none. */
    List<Chunk> pull(String name, long limit, long deadlineNanos, BooleanSupplier cancelled)
            throws HostFailure {
        if (limit < 1 || limit > MAX_PULL) {
            throw new HostFailure(Reason.INVALID, "limit is " + limit + ", not 1 to " + MAX_PULL);
        }
        lock.lock();
        try {
            Queue q = queue(name);
            while (q.chunks.isEmpty()) {
                if (deadlineNanos - System.nanoTime() <= 0) {
                    return List.of();
                }
                awaitUntil(deadlineNanos, cancelled);
            }
            List<Chunk> taken = new ArrayList<>();
            while (taken.size() < limit && !q.chunks.isEmpty()) {
                QueuedChunk next = q.chunks.remove();
                next.release();
                q.places.given(next.pusher());
                taken.add(next.chunk());
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private Queue queue(String name) throws HostFailure {
        if (closed) {
            throw new HostFailure(Reason.UNAVAILABLE, "the pipeline has stopped");
        }
        Queue q = queues.get(name);
        if (q == null) {
            throw new HostFailure(
                    Reason.NOT_FOUND,
                    "there is no stream '" + name + "'; there are " + queues.keySet());
        }
        return q;
    }

    private void await(long deadlineNanos, BooleanSupplier cancelled, String otherwise)
            throws HostFailure {
        if (deadlineNanos - System.nanoTime() <= 0) {
            throw new HostFailure(Reason.TIMEOUT, otherwise + " in time");
        }
        awaitUntil(deadlineNanos, cancelled);
    }

    private void awaitUntil(long deadlineNanos, BooleanSupplier cancelled) throws HostFailure {
        if (cancelled.getAsBoolean()) {
            throw new HostFailure(Reason.UNAVAILABLE, "the call was cancelled");
        }
        try {
            changed.awaitNanos(Math.min(LOOK_NANOS, deadlineNanos - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostFailure(Reason.UNAVAILABLE, "the call was interrupted");
        }
        if (closed) {
            throw new HostFailure(Reason.UNAVAILABLE, "the pipeline has stopped");
        }
    }

    /** Wakes and refuses all who wait. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Queue q : queues.values()) {
                q.chunks.forEach(QueuedChunk::release);
                q.chunks.clear();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long halfway(long deadlineNanos) {
        long now = System.nanoTime();
        return deadlineNanos == Long.MAX_VALUE ? deadlineNanos : now + (deadlineNanos - now) / 2;
    }

    /** So that a plugin that got nothing can still say so. */
    private static long nearly(long deadlineNanos) {
        long now = System.nanoTime();
        return deadlineNanos == Long.MAX_VALUE
                ? deadlineNanos
                : deadlineNanos - (deadlineNanos - now) / 10;
    }
}
