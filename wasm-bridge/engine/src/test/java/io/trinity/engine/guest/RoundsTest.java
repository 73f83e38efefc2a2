package io.trinity.engine.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Rounds told beforehand, against the loop itself. */
class RoundsTest {
    private static final int LEAST = Integer.MIN_VALUE;
    private static final int GREATEST = Integer.MAX_VALUE;

    /** Around zero, around both signs' ends, and apart by less and by more than {@code MOST}. */
    private static final int[] EDGES = {
        LEAST,
        LEAST + 1,
        LEAST + 2,
        LEAST + 64,
        LEAST + 1000,
        -1_000_000,
        -65,
        -64,
        -3,
        -2,
        -1,
        0,
        1,
        2,
        3,
        63,
        64,
        65,
        1_000_000,
        GREATEST - 1000,
        GREATEST - 64,
        GREATEST - 2,
        GREATEST - 1,
        GREATEST
    };

    private static final int[] MOST = {1, 2, 7, 200};

    private static final int[] UPWARDS = {
        1, 2, 3, 7, 64, 65, 1000, 1 << 16, 1 << 30, (1 << 30) + 1, GREATEST - 1, GREATEST
    };

    @FunctionalInterface
    private interface Asked {
        int rounds(int i, int bound, int step, int most);
    }

    /** The loop, cut off after {@code most} rounds. */
    private static int run(int i, int bound, int step, int most, IntBinaryOperator goesOn) {
        int value = i;
        for (int round = 1; round < most; round++) {
            value += step;
            if (goesOn.applyAsInt(value, bound) == 0) {
                return round;
            }
        }
        return most;
    }

    private static void neverTooMany(Asked asked, int step, IntBinaryOperator goesOn) {
        for (int i : EDGES) {
            for (int bound : EDGES) {
                for (int most : MOST) {
                    int told = asked.rounds(i, bound, step, most);
                    int real = run(i, bound, step, most, goesOn);
                    assertTrue(
                            told >= 1 && told <= real,
                            () ->
                                    "from %d to %d by %d, at most %d: told %d, really %d"
                                            .formatted(i, bound, step, most, told, real));
                }
            }
        }
    }

    private static int ne(int i, int bound) {
        return i != bound ? 1 : 0;
    }

    private static int ltS(int i, int bound) {
        return i < bound ? 1 : 0;
    }

    private static int ltU(int i, int bound) {
        return Integer.compareUnsigned(i, bound) < 0 ? 1 : 0;
    }

    @Test
    void noLoopIsToldMoreRoundsThanItRuns() {
        for (int s = 0; s <= 30; s++) {
            neverTooMany(Rounds::ne, 1 << s, RoundsTest::ne);
            neverTooMany(Rounds::ne, -(1 << s), RoundsTest::ne);
        }
        for (int step : UPWARDS) {
            neverTooMany(Rounds::ltS, step, RoundsTest::ltS);
            neverTooMany(Rounds::ltU, step, RoundsTest::ltU);
        }
    }

    /** Else every loop would be paid for round by round, which is right and slow. */
    @Test
    void whatCanBeToldIsToldExactly() {
        for (int i : EDGES) {
            for (int bound : EDGES) {
                for (int step : new int[] {1, -1, 2, -2, 64, -64, 1 << 30, -(1 << 30)}) {
                    assertEquals(
                            run(i, bound, step, 200, RoundsTest::ne),
                            Rounds.ne(i, bound, step, 200),
                            i + " to " + bound + " by " + step);
                }
                for (int step : UPWARDS) {
                    String where = i + " to " + bound + " by " + step;
                    if (i < bound && (long) bound + step <= GREATEST) {
                        assertEquals(
                                run(i, bound, step, 200, RoundsTest::ltS),
                                Rounds.ltS(i, bound, step, 200),
                                where);
                    }
                    if (ltU(i, bound) != 0
                            && Integer.toUnsignedLong(bound) + step <= 0xFFFF_FFFFL) {
                        assertEquals(
                                run(i, bound, step, 200, RoundsTest::ltU),
                                Rounds.ltU(i, bound, step, 200),
                                where);
                    }
                }
            }
        }
    }

    @Test
    void aVariableThatWrapsBeforeItsBoundIsAskedForAfterEachRound() {
        assertEquals(1, Rounds.ltS(0, GREATEST, 1, 100));
        assertEquals(100, Rounds.ltS(0, GREATEST - 1, 1, 100));
        assertEquals(1, Rounds.ltU(0, -1, 1, 100));
        assertEquals(100, Rounds.ltU(0, -2, 1, 100));
        assertEquals(1, Rounds.ltS(0, GREATEST - 1, 2, 100));
        assertEquals(1, Rounds.ltU(0, -2, 2, 100));
    }

    @Test
    void aLoopThatIsOverAlreadyRunsOneRound() {
        assertEquals(1, Rounds.ltS(5, 5, 1, 100));
        assertEquals(1, Rounds.ltS(GREATEST, LEAST, 1, 100));
        assertEquals(1, Rounds.ltU(-1, 0, 1, 100));
        assertEquals(1, Rounds.ltU(7, 7, GREATEST, 100));
    }

    @Test
    void aVariableThatNeverMeetsItsBoundOrMeetsItTheLongWayRoundIsBoundedByMost() {
        assertEquals(100, Rounds.ne(0, 3, 2, 100));
        assertEquals(100, Rounds.ne(0, 0, 1, 100));
        assertEquals(4, Rounds.ne(0, 0, 1 << 30, 100));
        assertEquals(4, Rounds.ne(0, 0, -(1 << 30), 100));
        assertEquals(3, Rounds.ne(0, -(1 << 30), 1 << 30, 100));
        assertEquals(100, Rounds.ne(1, 0, 1, 100));
        assertEquals(1, Rounds.ne(1, 0, -1, 100));
        assertEquals(GREATEST, Rounds.ne(1, 0, 1, GREATEST));
    }

    /** Signed and unsigned differ where the signs do. */
    @Test
    void aSignIsASignOnlyToSigned() {
        assertEquals(3, Rounds.ltS(-3, 0, 1, 100));
        assertEquals(1, Rounds.ltU(-3, 0, 1, 100));
        assertEquals(1, Rounds.ltS(0, -3, 1, 100));
        assertEquals(100, Rounds.ltU(0, -3, 1, 100));
        assertEquals(2, Rounds.ltS(LEAST, LEAST + 2, 1, 100));
        assertEquals(2, Rounds.ltU(GREATEST, LEAST + 1, 1, 100));
    }
}
