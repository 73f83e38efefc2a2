package io.trinity.vsa;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The sign of a weighted sum, 64 elements at a time. For one thread and one bundle.
 *
 * <p>The sums of 64 neighbours are kept bit-sliced: bit {@code i} of {@code slices[k]} is binary
 * digit {@code k} of the sum at element {@code i}, so that one logical operation works on 64 sums
 * (D. E. Knuth, TAOCP 4A §7.1.3). They are kept in excess of {@code total}, the sum of the weights'
 * magnitudes: never negative, and above, at or below {@code total} where the true sum is above, at
 * or below 0. So a part adds its weight twice where it pulls up, once where it is 0, and not at all
 * where it pulls down. 2³¹ parts of weight 2³¹ make {@code total} 2⁶², and no sum passes twice
 * that.
 */
final class Majority {

    private final long[][] nonzero;
    private final long[][] negative;
    private final int[] weights;
    private final int units;
    private final long total;
    private final long[] slices;

    /** Parts of weight 0 are left out. */
    Majority(List<Weighted> parts) {
        List<Weighted> counted =
                parts.stream()
                        .filter(part -> part.weight() != 0)
                        .sorted(Comparator.comparingLong(part -> magnitude(part.weight())))
                        .toList();
        nonzero = counted.stream().map(part -> part.vector().nonzero()).toArray(long[][]::new);
        negative = counted.stream().map(part -> part.vector().negative()).toArray(long[][]::new);
        weights = counted.stream().mapToInt(Weighted::weight).toArray();
        units = (int) Arrays.stream(weights).filter(weight -> magnitude(weight) == 1).count();
        total = Arrays.stream(weights).mapToLong(Majority::magnitude).sum();
        slices = new long[Long.SIZE - Long.numberOfLeadingZeros(2 * total)];
    }

    /** The signs, with those of {@code ties} where the two sides weigh the same. */
    Hypervector signs(Hypervector ties) {
        int words = ties.nonzero().length;
        long[] informed = new long[words];
        long[] minus = new long[words];
        for (int w = 0; w < words; w++) {
            Arrays.fill(slices, 0);
            int fours = units / 4 * 4;
            for (int p = 0; p < fours; p += 4) {
                informed[w] |= addFourUnits(p, w);
            }
            for (int p = fours; p < weights.length; p++) {
                informed[w] |= addOne(p, w);
            }
            minus[w] = minus(ties.negative()[w]) & informed[w];
        }
        return new Hypervector(ties.dimension(), informed, minus);
    }

    /** Adds a part of any weight; gives the elements at which it is other than 0. */
    private long addOne(int part, int word) {
        long other = nonzero[part][word];
        long up = up(part, word);
        long weight = magnitude(weights[part]);
        long doubled = 0;
        long carry = 0;
        for (int k = 0; (weight | doubled | carry) != 0; k++) {
            long digit = -(weight & 1);
            long addend = (digit & ~other) | doubled;
            long slice = slices[k];
            slices[k] = slice ^ addend ^ carry;
            carry = majority(slice, addend, carry);
            doubled = digit & up;
            weight >>>= 1;
        }
        return other;
    }

    /**
     * The same for four parts of weight ±1 from {@code part} on: one carry for four, not one for
     * each.
     */
    private long addFourUnits(int part, int word) {
        long a = up(part, word);
        long b = up(part + 1, word);
        long c = up(part + 2, word);
        long d = up(part + 3, word);
        long twos = slices[1];
        long fours = slices[2];
        long carryOfTwo = majority(twos, a, b);
        long carryOfFour = majority(twos ^ a ^ b, c, d);
        slices[1] = twos ^ a ^ b ^ c ^ d;
        slices[2] = fours ^ carryOfTwo ^ carryOfFour;
        ripple(3, majority(fours, carryOfTwo, carryOfFour));
        long informed = 0;
        for (int p = part; p < part + 4; p++) {
            ripple(0, ~nonzero[p][word]);
            informed |= nonzero[p][word];
        }
        return informed;
    }

    private void ripple(int from, long lanes) {
        long carry = lanes;
        for (int k = from; carry != 0; k++) {
            long slice = slices[k];
            slices[k] = slice ^ carry;
            carry &= slice;
        }
    }

    /** The elements at which the part, its weight's sign included, pulls towards +1. */
    private long up(int part, int word) {
        long opposite = weights[part] < 0 ? -1 : 0;
        return nonzero[part][word] & ~(negative[part][word] ^ opposite);
    }

    /** The elements with -1: a sum below the total, or at the total and a tie that is broken so. */
    private long minus(long ties) {
        long equal = -1;
        long less = 0;
        for (int k = slices.length - 1; k >= 0; k--) {
            long digit = -(total >>> k & 1);
            less |= equal & digit & ~slices[k];
            equal &= ~(digit ^ slices[k]);
        }
        return less | (equal & ties);
    }

    /** The carry of a full adder. */
    private static long majority(long a, long b, long c) {
        return (a & b) | ((a ^ b) & c);
    }

    private static long magnitude(int weight) {
        // In long, because Integer.MIN_VALUE has no opposite in int.
        return Math.abs((long) weight);
    }
}
