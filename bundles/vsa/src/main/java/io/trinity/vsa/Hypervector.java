package io.trinity.vsa;

import java.util.Arrays;

/**
 * A vector of -1, 0 and +1. Made and combined by a {@link VectorSpace}; immutable.
 *
 * <p>It is kept in two bitplanes. Element {@code i} is bit {@code i % 64} of word {@code i / 64} of
 * each: {@code nonzero} tells whether it is other than 0, {@code negative} whether it is -1.
 * Always: {@code negative} has no bit that {@code nonzero} lacks, and neither has one at or past
 * the dimension.
 */
public final class Hypervector {

    /**
     * Three object headers and their fields at their largest: 64-bit references and class pointers.
     */
    private static final int FIXED_BYTES = 88;

    private final int dimension;
    private final long[] nonzero;
    private final long[] negative;

    /** Takes the arrays over; the caller vouches for the invariant and forgets them. */
    Hypervector(int dimension, long[] nonzero, long[] negative) {
        this.dimension = dimension;
        this.nonzero = nonzero;
        this.negative = negative;
    }

    /** Words in one plane. */
    static int words(int dimension) {
        return (dimension + Long.SIZE - 1) / Long.SIZE;
    }

    /** The bits of a plane's last word that stand for elements. */
    static long tailMask(int dimension) {
        return -1L >>> -dimension;
    }

    static int bytes(int dimension) {
        return FIXED_BYTES + 2 * Long.BYTES * words(dimension);
    }

    /** Number of elements, 1 to {@value VectorSpace#MAX_DIMENSION}. */
    public int dimension() {
        return dimension;
    }

    /** The elements, each -1, 0 or +1, as many as {@link #dimension}; the array is the caller's. */
    public byte[] toTrits() {
        byte[] trits = new byte[dimension];
        for (int i = 0; i < dimension; i++) {
            long inNonzero = nonzero[i >>> 6] >>> i & 1;
            long inNegative = negative[i >>> 6] >>> i & 1;
            trits[i] = (byte) (inNonzero - 2 * inNegative);
        }
        return trits;
    }

    /**
     * The memory it holds, in bytes; depends on the dimension alone.
     *
     * <p>16 bytes for each 64 elements begun, and 88 for what a JVM adds at most: 2,600 for 10,000
     * elements.
     */
    public int bytes() {
        return bytes(dimension);
    }

    /** Not to be written to, like {@link #negative}. */
    long[] nonzero() {
        return nonzero;
    }

    long[] negative() {
        return negative;
    }

    /** Equal are vectors of the same dimension and elements. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Hypervector that
                && dimension == that.dimension
                && Arrays.equals(nonzero, that.nonzero)
                && Arrays.equals(negative, that.negative);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dimension + Arrays.hashCode(nonzero)) + Arrays.hashCode(negative);
    }

    /**
     * Dimension and counts, {@code Hypervector[10000: 5011 × -1, 0 × 0, 4989 × +1]}. For people
     * only.
     */
    @Override
    public String toString() {
        int other = 0;
        int minus = 0;
        for (int w = 0; w < nonzero.length; w++) {
            other += Long.bitCount(nonzero[w]);
            minus += Long.bitCount(negative[w]);
        }
        return "Hypervector[%s: %s × -1, %s × 0, %s × +1]"
                .formatted(dimension, minus, dimension - other, other - minus);
    }
}
