package io.trinity.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map in a file. Confined to one thread; keys are {@link StoredKey}s. Anything unchecked
 * that it throws means that the file could not do it.
 */
interface Table {
    /** The value; null where there is none. */
    byte @Nullable [] get(String key);

    void put(String key, byte[] value);

    void erase(String key);

    /** Up to {@code limit} keys from {@code from} on that begin with {@code prefix}. */
    List<String> keys(String prefix, String from, int limit);

    /** Returns when all changes so far survive a crash of the machine. */
    void makeDurable();

    /** Whether it has given up and must be opened again. */
    boolean broken();

    /** Ends it in good order. */
    void close();

    /** Lets go of the file. What was not made durable is dropped. */
    void abandon();

    /** How to open one. */
    interface Opener {
        /**
         * Opens it, making what is missing.
         *
         * @throws RuntimeException where that fails; nothing in the file has changed then
         */
        Table open();
    }
}
