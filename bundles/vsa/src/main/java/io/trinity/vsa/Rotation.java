package io.trinity.vsa;

/** Rotates one bitplane, 64 elements at a time. */
final class Rotation {

    private Rotation() {}

    /**
     * A new plane in which bit {@code i} of the given one is bit {@code (i + distance) %
     * dimension}.
     *
     * @param distance 0 to {@code dimension - 1}
     */
    static long[] rotate(long[] plane, int dimension, int distance) {
        long[] rotated = new long[plane.length];
        orShifted(plane, distance, rotated);
        orShifted(plane, distance - dimension, rotated);
        rotated[rotated.length - 1] &= Hypervector.tailMask(dimension);
        return rotated;
    }

    /** Bit {@code i} goes to {@code i + distance}; what falls off either end is lost. */
    private static void orShifted(long[] from, int distance, long[] into) {
        int words = Math.floorDiv(distance, Long.SIZE);
        for (int w = 0; w < into.length; w++) {
            long high = at(from, w - words) << distance;
            // Java takes shift distances modulo 64: in one step, 64 would shift by nothing.
            long low = at(from, w - words - 1) >>> 1 >>> ~distance;
            into[w] |= high | low;
        }
    }

    private static long at(long[] words, int index) {
        return index >= 0 && index < words.length ? words[index] : 0;
    }
}
