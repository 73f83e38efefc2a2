package io.trinity.api.engine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who grants bytes to guests. Implemented above the engine; must be thread-safe and must not block.
 */
@ConsumerType
public interface MemoryQuota {
    /** Takes {@code bytes} from what is left, or takes nothing and says false. */
    boolean tryReserve(long bytes);

    /** Gives back what was reserved. */
    void release(long bytes);

    /** The limit as of now, in bytes, for messages. */
    long limitBytes();
}
