package io.trinity.api.stream;

import java.util.Arrays;
import java.util.Objects;

/**
 * A hypervector on its way between host and plugin. As an argument of {@link
 * io.trinity.api.plugin.Plugin#call} it is lent: the sandbox makes a handle of it that lives until
 * the export returns, or 0 for a plugin without {@code vsa_ops}. Source: {@code plugin.wit}, type
 * vector.
 *
 * @param trits elements, each -1, 0 or +1, as many as the host's dimension; not copied, must not be
 *     changed
 */
public record Vector(byte[] trits) {
    public Vector {
        Objects.requireNonNull(trits, "trits");
    }

    /** Number of elements. */
    public int dimension() {
        return trits.length;
    }

    /** Equal are vectors of the same elements. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Vector v && Arrays.equals(trits, v.trits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(trits);
    }

    @Override
    public String toString() {
        return "Vector[" + trits.length + "]";
    }
}
