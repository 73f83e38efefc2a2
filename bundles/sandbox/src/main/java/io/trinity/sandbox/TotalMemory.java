package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What all plugins together may take of the heap, in bytes. One half goes to whoever asks first. Of
 * the other half every generation that is open, and one that is to come, has an equal share that
 * nobody else can take: so no plugin, nor several, leave another without memory. Thread-safe.
 */
final class TotalMemory {
    private static final long MIB = 1 << 20;

    /** As many that hold most are named in messages. */
    private static final int NAMED = 3;

    private final BoundedBytes all;
    private final Set<Holder> open = ConcurrentHashMap.newKeySet();

    /**
     * @param limit asked each time
     */
    TotalMemory(LongSupplier limit) {
        this.all = new BoundedBytes(limit);
    }

    /** One generation's part of it; {@link Holder#close} when that has ended. */
    Holder open(String plugin) {
        Holder holder = new Holder(plugin);
        open.add(holder);
        return holder;
    }

    /** For what the host keeps on all plugins' behalf: without a share of its own. */
    MemoryQuota host() {
        Holder host = new Holder("");
        return new MemoryQuota() {
            @Override
            public boolean tryReserve(long bytes, long heapBytes) {
                return host.tryTake(heapBytes);
            }

            @Override
            public void release(long bytes, long heapBytes) {
                host.give(heapBytes);
            }

            @Override
            public long limitBytes() {
                return all.limit();
            }

            @Override
            public Optional<String> totalRefusing(long heapBytes) {
                return host.refusing(heapBytes);
            }
        };
    }

    long limit() {
        return all.limit();
    }

    long held() {
        return all.held();
    }

    /** Most that was held at a time. */
    long peak() {
        return all.peak();
    }

    private long share() {
        return all.limit() / 2 / (open.size() + 1L);
    }

    /** How far all may go for the sake of one who wants to hold so much. */
    private long mostFor(Holder who, long wanted) {
        long share = share();
        long kept = 0;
        for (Holder other : open) {
            if (other != who) {
                kept += Math.max(0, share - other.held.get());
            }
        }
        boolean own = open.contains(who) && wanted <= share;
        return all.limit() - kept - (own ? 0 : share);
    }

    // Two who are near the limit must not both take what is only once there.
    private synchronized boolean tryTakeNearLimit(Holder who, long bytes) {
        return all.tryTake(bytes, mostFor(who, who.held.get() + bytes));
    }

    /** What one generation, or the host, holds of the total. Thread-safe. */
    final class Holder {
        private final String plugin;
        private final AtomicLong held = new AtomicLong();

        private Holder(String plugin) {
            this.plugin = plugin;
        }

        /** Takes all of it or nothing. */
        boolean tryTake(long bytes) {
            // Within the half that is anybody's there is nothing to be reckoned.
            if (all.tryTake(bytes, all.limit() / 2) || tryTakeNearLimit(this, bytes)) {
                held.addAndGet(bytes);
                return true;
            }
            return false;
        }

        void give(long bytes) {
            held.addAndGet(-bytes);
            all.give(bytes);
        }

        /** Why there is no room for so much now, as half a sentence; empty where there is. */
        Optional<String> refusing(long bytes) {
            long most = Math.max(all.limit() / 2, mostFor(this, held.get() + bytes));
            return bytes > most - all.held()
                    ? Optional.of(
                            "all plugins together hold %s of the %s MiB that they may%s"
                                    .formatted(all.held() / MIB, all.limit() / MIB, holders()))
                    : Optional.empty();
        }

        /** Its share is free for others; what it holds counts until it is given. Idempotent. */
        void close() {
            open.remove(this);
        }

        private String holders() {
            String most =
                    open.stream()
                            .filter(h -> h.held.get() >= MIB)
                            .sorted(Comparator.comparingLong((Holder h) -> -h.held.get()))
                            .limit(NAMED)
                            .map(h -> "'%s' %s".formatted(h.plugin, h.held.get() / MIB))
                            .collect(Collectors.joining(", "));
            return most.isEmpty() ? "" : " (most of it: " + most + ")";
        }
    }
}
