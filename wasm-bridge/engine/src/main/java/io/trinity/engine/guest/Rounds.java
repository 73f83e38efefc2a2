package io.trinity.engine.guest;

/**
 * How many rounds a loop is going to take, asked by compiled code before it begins them. A loop
 * adds {@code step} to a variable in each round and goes on while the variable compares with a
 * bound.
 *
 * <p>Each answer is from 1 to {@code most}, and no more than the rounds until the comparison fails
 * first; where that is not clear it is 1.
 */
public final class Rounds {
    private static final long LOW = 0xFFFF_FFFFL;

    private Rounds() {}

    /**
     * Goes on while {@code i != bound}.
     *
     * @param step a power of two, or the negative of one
     */
    public static int ne(int i, int bound, int step, int most) {
        int size = Math.abs(step);
        long distance = (step > 0 ? bound - i : i - bound) & LOW;
        if ((distance & size - 1) != 0) {
            return most; // never meets it
        }
        long whole = distance == 0 ? LOW + 1 : distance;
        return (int) Math.min(whole >>> Integer.numberOfTrailingZeros(size), most);
    }

    /**
     * Goes on while {@code i < bound}, signed.
     *
     * @param step positive
     */
    public static int ltS(int i, int bound, int step, int most) {
        return (long) bound + step > Integer.MAX_VALUE ? 1 : up((long) bound - i, step, most);
    }

    /**
     * Goes on while {@code i < bound}, unsigned.
     *
     * @param step positive
     */
    public static int ltU(int i, int bound, int step, int most) {
        long end = bound & LOW;
        return end + step > LOW ? 1 : up(end - (i & LOW), step, most);
    }

    private static int up(long distance, int step, int most) {
        long rounds = (distance + step - 1) / step;
        return (int) Math.max(1, Math.min(rounds, most));
    }
}
