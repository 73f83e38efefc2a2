package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.sandbox.RecentNeed.Need;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentNeedTest {
    private static final long MILLI = 1_000_000;
    private static final long BEGIN = Long.MAX_VALUE - 5;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final RecentNeed need = new RecentNeed();

    @Test
    void ofACallThatWasNeverMadeMoreIsAskedThanOfAQuickOne() {
        assertEquals(new Need(50 * MILLI, 10 * MILLI, 0), need.of("a"));
        need.took("a", new Need(MILLI, MILLI, 7), BEGIN);
        assertEquals(new Need(10 * MILLI, 10 * MILLI, 14), need.of("a"));
    }

    @Test
    void twiceTheMostIsNeededAndItIsHalvedEachMinute() {
        need.took("a", new Need(80 * MILLI, 40 * MILLI, 1000), BEGIN);
        need.took("a", new Need(MILLI, MILLI, 1), BEGIN + MINUTE - 1);
        assertEquals(new Need(160 * MILLI, 80 * MILLI, 2000), need.of("a"));
        need.took("a", new Need(MILLI, MILLI, 1), BEGIN + 2 * MINUTE);
        assertEquals(new Need(40 * MILLI, 20 * MILLI, 500), need.of("a"));
        need.took("a", new Need(MILLI, MILLI, 1), BEGIN + 1000 * MINUTE);
        assertEquals(new Need(10 * MILLI, 10 * MILLI, 2), need.of("a"));
    }

    @Test
    void whoCallsDearlyMakesItDearForNobodyElseThatIsKnown() {
        need.took("honest", new Need(MILLI, MILLI, 1), BEGIN);
        need.took("evil", new Need(400 * MILLI, 80 * MILLI, 1_000_000), BEGIN);
        assertEquals(new Need(10 * MILLI, 10 * MILLI, 2), need.of("honest"));
    }

    @Test
    void whoCallsForTheFirstTimeLeavesMoreThanAnybodyNeeded() {
        need.took("", new Need(300 * MILLI, 40 * MILLI, 9), BEGIN);
        assertEquals(new Need(375 * MILLI, 50 * MILLI, 0), need.of("another name"));
    }

    @Test
    void manyCallersTakeNoMoreRoom() {
        for (int i = 0; i < 10_000; i++) {
            need.took("p" + i, new Need(MILLI, MILLI, 1), BEGIN);
        }
        assertEquals(new Need(10 * MILLI, 10 * MILLI, 2), need.of("p9999"));
        assertEquals(50 * MILLI, need.of("p1").wallNanos());
    }

    @Test
    void threeQuartersOfTheCalleesOwnLimitAreEnoughWhateverWasNeeded() {
        assertEquals(70, RecentNeed.enough(70, 100));
        assertEquals(75, RecentNeed.enough(123, 100));
        assertEquals(75, RecentNeed.enough(Long.MAX_VALUE, 100));
    }
}
