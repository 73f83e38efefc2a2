package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.storage.StorageBackend.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** World {@code storage-backend}: type {@code storage_backend}. */
public interface StorageBackendWorld extends World {
    /** The value of a key; nothing where it is not there. */
    Answer<Optional<byte[]>> get(CallOptions options, String key);

    /** Stores a value. */
    Answer<@Nullable Void> put(CallOptions options, String key, byte[] value);

    /** Removes a key. */
    Answer<@Nullable Void> erase(CallOptions options, String key);

    /**
     * Keys that begin with {@code prefix}.
     *
     * @param limit 0 to 4,294,967,295
     */
    Answer<Page> keys(CallOptions options, String prefix, String cursor, long limit);

    /** Returns when everything acknowledged before survives a crash. */
    Answer<@Nullable Void> flush(CallOptions options);
}
