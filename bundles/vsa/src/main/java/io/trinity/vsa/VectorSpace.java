package io.trinity.vsa;

import java.util.List;
import java.util.Objects;

/**
 * All hypervectors of one dimension, and what can be done with them: the semantics of the interface
 * {@code vsa} of {@code plugin.wit}.
 *
 * <p>The vectors do not know their space; two spaces of the same dimension are interchangeable.
 * Every operation makes a new vector, of {@link #vectorBytes} bytes, and throws an {@link
 * IllegalArgumentException} that names both dimensions if it is given a vector of another
 * dimension. Results are the same on every JVM. Immutable and thread-safe.
 *
 * <p>Source: the MAP architecture (Gayler 1998; Kanerva 2009), with 0 as a third element.
 */
public final class VectorSpace {

    public static final int DEFAULT_DIMENSION = 10_000;

    public static final int MAX_DIMENSION = 1_000_000;

    /** "TRINITY" in ASCII. Part of the contract: another seed would change every bundle. */
    private static final long TIE_SEED = 0x5452494E495459L;

    private final int dimension;
    private final Hypervector ties;

    /**
     * The space of the given dimension.
     *
     * @param dimension elements per vector, 1 to {@value #MAX_DIMENSION}
     * @throws IllegalArgumentException if it is out of range
     */
    public VectorSpace(int dimension) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "dimension %s is out of range: 1 to %s".formatted(dimension, MAX_DIMENSION));
        }
        this.dimension = dimension;
        this.ties = random(TIE_SEED);
    }

    /** Elements per vector. */
    public int dimension() {
        return dimension;
    }

    /** The {@link Hypervector#bytes} of each of its vectors; known before one is made. */
    public int vectorBytes() {
        return Hypervector.bytes(dimension);
    }

    /** All elements 0. */
    public Hypervector zero() {
        int words = Hypervector.words(dimension);
        return new Hypervector(dimension, new long[words], new long[words]);
    }

    /**
     * A bipolar vector (-1, +1), pseudo-random and determined by seed and dimension.
     *
     * <p>Part of the contract, for whoever computes the same vector elsewhere:
     *
     * <ol>
     *   <li>The first word of the SplitMix64 stream of {@code seed} is the seed of a second stream.
     *   <li>Element {@code i} is -1 where bit {@code i % 64} of word {@code i / 64} of the second
     *       stream is set (words and bits counted from 0, bit 0 the least significant), else +1.
     * </ol>
     *
     * <p>The first words for seed 0 are A706DD2F4D197E6F, B382A305F4414F5E, 631A9154FBABF717; for
     * seed 42 they are 57E1FABA65107204, F4ABD143FEB24055, 7C816738C12903B2. (With one stream
     * alone, the vectors of seeds that lie a multiple of 9E3779B97F4A7C15 apart would be shifted
     * copies of each other, and programs do number their seeds by multiples of this golden ratio.)
     *
     * @param seed any; an unsigned one of 64 bits is passed as its bits
     */
    public Hypervector random(long seed) {
        SplitMix64 words = new SplitMix64(new SplitMix64(seed).next());
        long[] nonzero = new long[Hypervector.words(dimension)];
        long[] negative = new long[nonzero.length];
        for (int w = 0; w < nonzero.length; w++) {
            nonzero[w] = -1;
            negative[w] = words.next();
        }
        nonzero[nonzero.length - 1] &= Hypervector.tailMask(dimension);
        negative[nonzero.length - 1] &= Hypervector.tailMask(dimension);
        return new Hypervector(dimension, nonzero, negative);
    }

    /**
     * The vector of these elements; the inverse of {@link Hypervector#toTrits}.
     *
     * @param trits -1, 0 or +1, as many as {@link #dimension}; not kept
     * @throws IllegalArgumentException if there are more or fewer, or one is another number
     */
    public Hypervector of(byte[] trits) {
        if (trits.length != dimension) {
            throw otherDimension(trits.length);
        }
        long[] nonzero = new long[Hypervector.words(dimension)];
        long[] negative = new long[nonzero.length];
        for (int i = 0; i < dimension; i++) {
            byte trit = trits[i];
            if (trit < -1 || trit > 1) {
                throw new IllegalArgumentException(
                        "element %s is %s: must be -1, 0 or +1".formatted(i, trit));
            }
            // Bit 0 of a trit is its nonzero flag, the sign bit is its negative flag.
            nonzero[i >>> 6] |= (trit & 1L) << i;
            negative[i >>> 6] |= (trit >>> 31 & 1L) << i;
        }
        return new Hypervector(dimension, nonzero, negative);
    }

    /**
     * The element-wise product: a vector that resembles neither.
     *
     * <p>Commutative and associative; for bipolar vectors its own inverse.
     */
    public Hypervector bind(Hypervector a, Hypervector b) {
        check(a);
        check(b);
        long[] nonzero = new long[a.nonzero().length];
        long[] negative = new long[nonzero.length];
        for (int w = 0; w < nonzero.length; w++) {
            nonzero[w] = a.nonzero()[w] & b.nonzero()[w];
            negative[w] = (a.negative()[w] ^ b.negative()[w]) & nonzero[w];
        }
        return new Hypervector(dimension, nonzero, negative);
    }

    /**
     * What was bound with {@code key}: again the product, since -1 and +1 are their own inverses.
     *
     * <p>Exact where the key has no zeros; where it has, what was bound is lost and the result is
     * 0.
     */
    public Hypervector unbind(Hypervector bound, Hypervector key) {
        return bind(bound, key);
    }

    /**
     * The sign of the weighted sum: a vector that resembles all its parts. Commutative.
     *
     * <p>Element by element:
     *
     * <ol>
     *   <li>Where every part is 0 or has weight 0, nobody has said anything: 0. So the bundle of no
     *       parts is the zero vector, and a single part with a positive weight is its own bundle.
     *   <li>Where the sum is not 0: its sign. Sums are exact, whatever the weights and their
     *       number.
     *   <li>Where the parts cancel out: the element of {@code random(0x5452494E495459)}.
     * </ol>
     *
     * <p>All bundles share that pattern of ties. Few parts of equal weight, even in number, tie
     * often, and such bundles resemble each other where they should not: those of two random pairs
     * have a similarity of about 0.25. An odd number of parts, or unequal weights, avoid it.
     *
     * <p>Takes time in proportion to dimension × parts, and besides the result a few bytes per
     * part.
     */
    public Hypervector bundle(List<Weighted> parts) {
        for (Weighted part : parts) {
            check(part.vector());
        }
        return new Majority(parts).signs(ties);
    }

    /**
     * Rotates: element {@code i} becomes element {@code (i + shift) mod dimension}.
     *
     * @param shift any int; a negative one undoes a positive one, a multiple of the dimension does
     *     nothing
     */
    public Hypervector permute(Hypervector v, int shift) {
        check(v);
        int distance = Math.floorMod(shift, dimension);
        return new Hypervector(
                dimension,
                Rotation.rotate(v.nonzero(), dimension, distance),
                Rotation.rotate(v.negative(), dimension, distance));
    }

    /**
     * The cosine of the angle between the two, -1 to +1 and never outside; 0 if either is all 0.
     *
     * <p>For two independent random vectors it is around 0, with a standard deviation of one by the
     * root of the dimension: 0.01 for 10,000.
     */
    public double similarity(Hypervector a, Hypervector b) {
        check(a);
        check(b);
        int inA = 0;
        int inB = 0;
        int inBoth = 0;
        int unequal = 0;
        for (int w = 0; w < a.nonzero().length; w++) {
            long both = a.nonzero()[w] & b.nonzero()[w];
            inA += Long.bitCount(a.nonzero()[w]);
            inB += Long.bitCount(b.nonzero()[w]);
            inBoth += Long.bitCount(both);
            unequal += Long.bitCount((a.negative()[w] ^ b.negative()[w]) & both);
        }
        if (inA == 0 || inB == 0) {
            return 0;
        }
        // The product is exact and root and quotient are correctly rounded: no result is beyond ±1.
        return (inBoth - 2 * unequal) / Math.sqrt((double) inA * inB);
    }

    private void check(Hypervector v) {
        Objects.requireNonNull(v, "vector");
        if (v.dimension() != dimension) {
            throw otherDimension(v.dimension());
        }
    }

    private IllegalArgumentException otherDimension(int actual) {
        return new IllegalArgumentException(
                "vector has dimension %s, but this space has dimension %s"
                        .formatted(actual, dimension));
    }
}
