package io.trinity.storage;

import io.trinity.api.storage.StorageBackend;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Keys as they lie in the file: one char for each UTF-8 byte. So the file's order of strings is the
 * order of the keys' bytes, which the order of Java's strings is not (a surrogate pair sorts below
 * U+E000 there).
 */
final class StoredKey {
    private StoredKey() {}

    /**
     * What a key is stored as.
     *
     * @throws IllegalArgumentException if it is not 1 to 1024 bytes of UTF-8
     */
    static String of(String key) {
        String stored = prefix(key, "key");
        if (stored.isEmpty()) {
            throw new IllegalArgumentException("an empty key; a key has 1 to 1024 bytes");
        }
        return stored;
    }

    /** As {@link #of}, and may be empty: what the stored keys begin with. */
    static String prefix(String text, String what) {
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a " + what + " with an unpaired surrogate", e);
        }
        if (utf8.limit() > StorageBackend.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a %s of %s bytes exceeds %s"
                            .formatted(what, utf8.limit(), StorageBackend.MAX_KEY_BYTES));
        }
        return new String(utf8.array(), 0, utf8.limit(), StandardCharsets.ISO_8859_1);
    }

    /** The key that is stored so. */
    static String key(String stored) {
        return new String(stored.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
