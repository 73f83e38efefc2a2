package io.trinity.api.storage;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Key-value storage: the host's own, or a plugin of type {@code storage_backend} as a typed
 * service. Registered under {@link #NAME}, surviving reloads. The host's own has the highest
 * service ranking. Thread-safe; runs on the caller's thread.
 *
 * <p>Keys are 1 to {@value #MAX_KEY_BYTES} bytes of UTF-8, values at most {@value #MAX_VALUE_BYTES}
 * bytes. What breaks that is refused before anything is stored.
 */
@ProviderType
public interface StorageBackend {
    /** Service property: name of the backend; {@code host} for the host's own. */
    String NAME = "storage.name";

    /**
     * Service property: {@code true} for the host's own backend, which is found by it. Only the
     * bundle that brings that one sets it; a name is what anybody says of itself.
     */
    String OWN = "trinity.storage.host";

    /** Most UTF-8 bytes of a key. */
    int MAX_KEY_BYTES = 1024;

    /** Most bytes of a value. */
    int MAX_VALUE_BYTES = 1 << 20;

    /** Name of the backend. */
    String name();

    /**
     * The value of a key; nothing where it is not there.
     *
     * @throws PluginException (here and below) when a plugin is not active, traps, breaks the
     *     contract or hits a limit; STORE_FAILED when the host's own cannot do it
     */
    Answer<Optional<byte[]>> get(String key);

    /** Stores a value. For the host's own, it survives a crash once this has returned. */
    Answer<@Nullable Void> put(String key, byte[] value);

    /** Removes a key; also succeeds where it was not there. */
    Answer<@Nullable Void> erase(String key);

    /**
     * Keys that begin with {@code prefix}, in the order of their bytes.
     *
     * @param cursor empty, or a page's {@code next}
     * @param limit 1 to 1000
     */
    Answer<Page> keys(String prefix, String cursor, int limit);

    /** Returns when everything acknowledged before survives a crash. */
    Answer<@Nullable Void> flush();

    /**
     * Some keys.
     *
     * @param next where the next page begins; empty after the last one
     */
    record Page(List<String> keys, String next) {
        public Page {
            keys = List.copyOf(keys);
        }
    }
}
