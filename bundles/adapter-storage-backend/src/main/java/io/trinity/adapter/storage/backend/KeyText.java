package io.trinity.adapter.storage.backend;

import io.trinity.api.storage.StorageBackend;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys as their UTF-8 bytes: bounds and order. */
final class KeyText {
    private KeyText() {}

    /**
     * The bytes of a key.
     *
     * @throws IllegalArgumentException if there are not 1 to 1024 of them, or the text has unpaired
     *     surrogates
     */
    static byte[] key(String key) {
        byte[] bytes = prefix(key, "key");
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty key; a key has 1 to 1024 bytes");
        }
        return bytes;
    }

    /** As {@link #key}, and may be empty. */
    static byte[] prefix(String text, String what) {
        byte[] bytes = utf8(text, what);
        if (bytes.length > StorageBackend.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a %s of %s bytes exceeds %s"
                            .formatted(what, bytes.length, StorageBackend.MAX_KEY_BYTES));
        }
        return bytes;
    }

    static byte[] utf8(String text, String what) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a " + what + " with an unpaired surrogate", e);
        }
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
