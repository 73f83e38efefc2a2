package io.trinity.adapter.storage.backend;

import io.trinity.api.storage.StorageBackend.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a page that a plugin returned is one. Source: {@code plugin.wit}, world storage-backend.
 */
final class PageCheck {
    private PageCheck() {}

    /**
     * The page that a WIT value stands for.
     *
     * @param prefix that was asked for
     * @param cursor that was asked with
     * @param limit that was asked for
     * @throws IllegalArgumentException if it has more keys than asked for, one that is no key or
     *     has not the prefix, if keys do not ascend, or if it leads back to itself
     */
    static Page page(@Nullable Object value, byte[] prefix, String cursor, int limit) {
        Object[] fields = (Object[]) Objects.requireNonNull(value);
        List<?> given = (List<?>) fields[0];
        String next = (String) fields[1];
        if (given.size() > limit) {
            throw new IllegalArgumentException(given.size() + " keys where " + limit + " may be");
        }
        if (!next.isEmpty() && next.equals(cursor)) {
            throw new IllegalArgumentException(
                    "the cursor of this page as that of the next one, which never ends");
        }
        List<String> keys = new ArrayList<>(given.size());
        byte @Nullable [] before = null;
        for (Object one : given) {
            // By number: a guest's text is not for logs and terminals as it is.
            int number = keys.size() + 1;
            byte[] bytes = bytes((String) one, number);
            if (!KeyText.startsWith(bytes, prefix)) {
                throw new IllegalArgumentException("as key " + number + " one without the prefix");
            }
            if (before != null && Arrays.compareUnsigned(before, bytes) >= 0) {
                throw new IllegalArgumentException(
                        "as key " + number + " one that is not greater than the one before it");
            }
            before = bytes;
            keys.add((String) one);
        }
        return new Page(keys, next);
    }

    private static byte[] bytes(String key, int number) {
        try {
            return KeyText.key(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("as key " + number + " " + e.getMessage(), e);
        }
    }
}
