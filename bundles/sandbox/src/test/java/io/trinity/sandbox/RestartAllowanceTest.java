package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartAllowanceTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final RestartAllowance allowance = new RestartAllowance(clock::get);

    @Test
    void oneInitialisationsTimeMayBeSpentAtOnce() {
        allowance.spent(999 * MILLI, 0);
        assertTrue(allowance.allows(1000));
        allowance.spent(MILLI, 0);
        assertFalse(allowance.allows(1000));
    }

    @Test
    void itComesBackWithinTenSecondsAndGrowsNoFurther() {
        allowance.spent(1000 * MILLI, 0);
        assertFalse(allowance.allows(1000));
        pass(10);
        assertTrue(allowance.allows(1000));
        pass(3600);
        assertTrue(allowance.allows(1000));
        allowance.spent(1000 * MILLI, 0);
        assertFalse(allowance.allows(1000), "an hour without calls saves nothing up");
    }

    @Test
    void askingOftenDoesNotHinderTheRefill() {
        allowance.spent(1000 * MILLI, 0);
        for (int i = 0; i < 1000; i++) {
            clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(9));
            allowance.allows(1000);
        }
        assertTrue(allowance.allows(1000));
        allowance.spent(800 * MILLI, 0);
        assertTrue(allowance.allows(1000), "nine tenths came back");
    }

    @Test
    void aThreadThatIsHeldIsDearToo() {
        allowance.spent(0, 9_000 * MILLI);
        assertTrue(allowance.allows(1000));
        allowance.spent(0, 1_000 * MILLI);
        assertFalse(allowance.allows(1000));
    }

    private void pass(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
