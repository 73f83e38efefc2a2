package io.trinity.adapter.storage.backend;

import io.trinity.api.storage.StorageBackend.Page;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page that a plugin returned is one. Source: {@code plugin.wit}, world storage-backend.
 */
final class PageCheck {
    private PageCheck() {}

    /**
     * That it is one.
     *
     * @param prefix that was asked for
     * @param cursor that was asked with
     * @param limit that was asked for
     * @throws IllegalArgumentException if it has more keys than asked for, one that is no key or
     *     has not the prefix, if keys do not ascend, or if it leads back to itself
     */
    static void requireSound(Page page, byte[] prefix, String cursor, int limit) {
        int count = page.keys().size();
        if (count > limit) {
            throw new IllegalArgumentException(count + " keys where " + limit + " may be");
        }
        if (!page.next().isEmpty() && page.next().equals(cursor)) {
            throw new IllegalArgumentException(
                    "the cursor of this page as that of the next one, which never ends");
        }
        byte @Nullable [] before = null;
        for (int i = 0; i < count; i++) {
            // By number: a guest's text is not for logs and terminals as it is.
            int number = i + 1;
            byte[] bytes = bytes(page.keys().get(i), number);
            if (!KeyText.startsWith(bytes, prefix)) {
                throw new IllegalArgumentException("as key " + number + " one without the prefix");
            }
            if (before != null && Arrays.compareUnsigned(before, bytes) >= 0) {
                throw new IllegalArgumentException(
                        "as key " + number + " one that is not greater than the one before it");
            }
            before = bytes;
        }
    }

    private static byte[] bytes(String key, int number) {
        try {
            return KeyText.key(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("as key " + number + " " + e.getMessage(), e);
        }
    }
}
