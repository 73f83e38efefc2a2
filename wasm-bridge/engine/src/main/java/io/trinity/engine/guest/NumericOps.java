package io.trinity.engine.guest;

/**
 * Numeric instructions that are not left to Chicory's own helpers.
 *
 * <p>Unsigned 32-bit comparisons are done in 64 bits: JDK 17's C2 can miscompile the comparison
 * that it makes of {@link Integer#compareUnsigned} (JDK-8376400). The same on every JDK, so that
 * compiled classes do not depend on it.
 */
public final class NumericOps {
    private static final long LOW = 0xFFFF_FFFFL;

    private NumericOps() {}

    public static int i32LtU(int a, int b) {
        return (a & LOW) < (b & LOW) ? 1 : 0;
    }

    public static int i32LeU(int a, int b) {
        return (a & LOW) <= (b & LOW) ? 1 : 0;
    }

    public static int i32GtU(int a, int b) {
        return (a & LOW) > (b & LOW) ? 1 : 0;
    }

    public static int i32GeU(int a, int b) {
        return (a & LOW) >= (b & LOW) ? 1 : 0;
    }

    /** {@code Math.abs} leaves the sign of a NaN in the interpreter of JDK 17 and not in C2. */
    public static float f32Abs(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
    }

    public static double f64Abs(double value) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) & Long.MAX_VALUE);
    }

    /** Chicory's takes two ordinary numbers for NaNs. */
    public static float f32CopySign(float value, float sign) {
        int magnitude = Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
        return Float.intBitsToFloat(
                magnitude | (Float.floatToRawIntBits(sign) & Integer.MIN_VALUE));
    }

    public static double f64CopySign(double value, double sign) {
        long magnitude = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
        return Double.longBitsToDouble(
                magnitude | (Double.doubleToRawLongBits(sign) & Long.MIN_VALUE));
    }

    public static float longToFloat(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    public static double longToDouble(long bits) {
        return Double.longBitsToDouble(bits);
    }

    public static long floatToLong(float value) {
        return Float.floatToRawIntBits(value);
    }

    public static long doubleToLong(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
