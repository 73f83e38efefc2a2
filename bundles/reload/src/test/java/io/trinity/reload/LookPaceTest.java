package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LookPaceTest {
    private static final long MILLI = 1_000_000;

    private long cpu;
    private final LookPace pace = new LookPace(() -> cpu);

    private long look(long took, long next) {
        return pace.look(
                () -> {
                    cpu += took;
                    return next;
                });
    }

    @Test
    void aQuickLookDelaysNothing() {
        assertEquals(50 * MILLI, look(MILLI, 50 * MILLI));
        assertEquals(200 * MILLI, pace.atMost(200 * MILLI));
    }

    @Test
    void aSlowLookIsFollowedByAPauseNineTimesAsLong() {
        assertEquals(900 * MILLI, look(100 * MILLI, 50 * MILLI));
        assertEquals(900 * MILLI, pace.atMost(200 * MILLI));
        assertEquals(50 * MILLI, look(MILLI, 50 * MILLI), "until one is quick again");
        assertEquals(200 * MILLI, pace.atMost(200 * MILLI));
    }

    @Test
    void noPauseIsLongerThanFiveSeconds() {
        assertEquals(5_000 * MILLI, look(60_000 * MILLI, 0));
    }

    @Test
    void aLookThatFailsIsFollowedByOneToo() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        pace.look(
                                () -> {
                                    cpu += 100 * MILLI;
                                    throw new IllegalStateException();
                                }));
        assertEquals(900 * MILLI, pace.atMost(0));
    }
}
