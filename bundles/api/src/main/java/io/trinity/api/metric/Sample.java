package io.trinity.api.metric;

import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Objects;

/**
 * One reading of one metric: {@code record sample} of the contract.
 *
 * @param name 1 to 64 bytes of {@code a-z 0-9 - . _}
 * @param unit UCUM ({@code s}, {@code By}, {@code 1}); empty if it has none
 * @param labels names and values
 */
public record Sample(String name, String unit, List<Chunk.Attribute> labels, Measurement value) {
    public Sample {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        labels = List.copyOf(labels);
        Objects.requireNonNull(value, "value");
    }
}
