package io.trinity.canonical.abi;

/**
 * One NaN for all: what a guest keeps in the payload of a NaN does not reach the host (Canonical
 * ABI, section Loading, {@code canonicalize_nan}). Towards the guest {@link Float#floatToIntBits}
 * does the same.
 */
final class Floats {

    static float canonical(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    private Floats() {}
}
