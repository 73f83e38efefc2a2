package io.trinity.api.hook;

import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Objects;

/**
 * What a hook notes about a fused window: {@code record remark} of the contract.
 *
 * @param label replaces the window's; empty keeps it
 * @param notes added to the window's
 */
public record Remark(String label, List<Chunk.Attribute> notes) {
    public Remark {
        Objects.requireNonNull(label, "label");
        notes = List.copyOf(notes);
    }
}
