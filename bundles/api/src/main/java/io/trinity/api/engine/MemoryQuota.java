package io.trinity.api.engine;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who grants bytes to guests. Two counts are kept of everything (ADR 0019): what a plugin's own
 * limit is about, which is the same on every JVM, and what the collector really spends, which is
 * what the total of all plugins is about. Implemented above the engine; must be thread-safe and
 * must not block.
 */
@ConsumerType
public interface MemoryQuota {
    /** Has room for everything and counts nothing: for what is the host's own. */
    MemoryQuota UNCOUNTED =
            new MemoryQuota() {
                @Override
                public boolean tryReserve(long bytes, long heapBytes) {
                    return true;
                }

                @Override
                public void release(long bytes, long heapBytes) {
                    // Nothing was counted.
                }

                @Override
                public long limitBytes() {
                    return Long.MAX_VALUE;
                }
            };

    /**
     * Takes from what is left, or takes nothing and says false.
     *
     * @param bytes towards the plugin's limit, at least 0
     * @param heapBytes what the collector spends for them, towards the total, at least 0
     */
    boolean tryReserve(long bytes, long heapBytes);

    /** Gives back what was reserved by one or several calls of {@link #tryReserve(long, long)}. */
    void release(long bytes, long heapBytes);

    /** As {@link #tryReserve(long, long)}, where both counts are the same. */
    default boolean tryReserve(long bytes) {
        return tryReserve(bytes, bytes);
    }

    /** As {@link #release(long, long)}, where both counts are the same. */
    default void release(long bytes) {
        release(bytes, bytes);
    }

    /** The plugin's limit as of now, in bytes, for messages. */
    long limitBytes();

    /**
     * Whether it is the total of all plugins, and not the plugin's own limit, that refuses now.
     *
     * @return what all plugins hold and may hold, as half a sentence; empty where the total has
     *     room
     */
    default Optional<String> totalRefusing(long heapBytes) {
        return Optional.empty();
    }
}
