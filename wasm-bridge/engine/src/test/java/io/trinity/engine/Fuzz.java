package io.trinity.engine;

import java.util.Random;

/**
 * How long random tests go on, and from which seed: the same ones in every build, more of them with
 * {@code -Dtrinity.fuzz.seconds=600}, others with {@code -Dtrinity.fuzz.seed=…}.
 */
final class Fuzz {
    private static final long FIRST_SEED = Long.getLong("trinity.fuzz.seed", 1);

    private final long begin = System.nanoTime();
    private final long seconds;
    private long seed = FIRST_SEED - 1;

    Fuzz() {
        this(5);
    }

    /**
     * @param usual seconds, where the property says nothing
     */
    Fuzz(long usual) {
        seconds = Long.getLong("trinity.fuzz.seconds", usual);
    }

    /** Whether another case is due; the first ones always are. */
    boolean goesOn(int least) {
        boolean due =
                seed - FIRST_SEED + 1 < least
                        || System.nanoTime() - begin < seconds * 1_000_000_000;
        seed += due ? 1 : 0;
        return due;
    }

    /** Of the present case. */
    long seed() {
        return seed;
    }

    Random random() {
        return new Random(seed * 0x9E37_79B9_7F4A_7C15L);
    }

    @Override
    public String toString() {
        return "again with -Dtrinity.fuzz.seed=" + seed;
    }
}
