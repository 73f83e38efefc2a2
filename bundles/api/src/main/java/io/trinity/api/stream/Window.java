package io.trinity.api.stream;

import java.util.List;
import java.util.Objects;

/**
 * The chunks of one key within one span of event time, after fusion: {@code record window} of the
 * contract.
 *
 * @param key what the chunks have in common
 * @param startNanos first instant that belongs to it, nanoseconds since 1970-01-01T00:00:00Z
 * @param endNanos first instant that does not
 * @param label best label; empty when nothing was recognised, at most 256 characters
 * @param confidence 0 to 1
 * @param fused the fused vector
 * @param notes what hooks noted, at most 32 pairs and 4 KiB
 */
public record Window(
        String key,
        long startNanos,
        long endNanos,
        String label,
        double confidence,
        Vector fused,
        List<Chunk.Attribute> notes) {
    /** Most characters of a label. */
    public static final int MAX_LABEL = 256;

    public Window {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(fused, "fused");
        notes = List.copyOf(notes);
        if (label.length() > MAX_LABEL) {
            throw new IllegalArgumentException(
                    "label of " + label.length() + " characters exceeds " + MAX_LABEL);
        }
        Chunk.requireFew(notes, "notes");
    }
}
