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
 * @param label best label; empty when nothing was recognised
 * @param confidence 0 to 1
 * @param fused the fused vector
 * @param notes what hooks noted
 */
public record Window(
        String key,
        long startNanos,
        long endNanos,
        String label,
        double confidence,
        Vector fused,
        List<Chunk.Attribute> notes) {
    public Window {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(fused, "fused");
        notes = List.copyOf(notes);
    }
}
