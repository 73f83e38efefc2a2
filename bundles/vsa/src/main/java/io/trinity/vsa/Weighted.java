package io.trinity.vsa;

import java.util.Objects;

/**
 * One part of a bundle.
 *
 * @param vector what is added
 * @param weight how many times, any int; a negative weight adds the opposite, 0 leaves the part out
 */
public record Weighted(Hypervector vector, int weight) {

    public Weighted {
        Objects.requireNonNull(vector, "vector");
    }
}
