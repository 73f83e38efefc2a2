package io.trinity.vsa;

import java.util.List;

/** The same operations, one element at a time and too simple to be wrong. */
final class NaiveVectors {

    private NaiveVectors() {}

    static byte[] bind(byte[] a, byte[] b) {
        byte[] product = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = (byte) (a[i] * b[i]);
        }
        return product;
    }

    static byte[] bundle(List<Weighted> parts, byte[] ties) {
        long[] sums = new long[ties.length];
        boolean[] informed = new boolean[ties.length];
        for (Weighted part : parts) {
            byte[] trits = part.vector().toTrits();
            for (int i = 0; i < trits.length; i++) {
                sums[i] += (long) part.weight() * trits[i];
                informed[i] |= part.weight() != 0 && trits[i] != 0;
            }
        }
        byte[] signs = new byte[ties.length];
        for (int i = 0; i < signs.length; i++) {
            boolean tie = informed[i] && sums[i] == 0;
            signs[i] = tie ? ties[i] : (byte) Long.signum(sums[i]);
        }
        return signs;
    }

    static byte[] permute(byte[] v, int shift) {
        byte[] rotated = new byte[v.length];
        for (int i = 0; i < v.length; i++) {
            rotated[(int) Math.floorMod((long) i + shift, (long) v.length)] = v[i];
        }
        return rotated;
    }

    static double similarity(byte[] a, byte[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squaresOfA += a[i] * a[i];
            squaresOfB += b[i] * b[i];
        }
        double lengths = Math.sqrt(squaresOfA) * Math.sqrt(squaresOfB);
        return lengths == 0 ? 0 : product / lengths;
    }
}
