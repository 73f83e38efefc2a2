package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicReference<Quarantine.Settings> settings =
            new AtomicReference<>(new Quarantine.Settings(3, 1_000, 100, 450));
    private final Quarantine quarantine = new Quarantine(settings::get, clock::get);

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void soManyTrapsWithinTheWindowBeginItAndFewerDoNot() {
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        pass(1_001);
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        pass(500);
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertFalse(quarantine.on());
        pass(500);
        assertEquals(100, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertTrue(quarantine.on());
        assertEquals(1, quarantine.begun());
    }

    @Test
    void trapsOfCallsThatWereInFlightDoNotCountTwice() {
        for (int i = 0; i < 3; i++) {
            quarantine.trapped(ErrorCode.GUEST_TRAP);
        }
        assertTrue(quarantine.on());
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertEquals(1, quarantine.begun());
    }

    @Test
    void onProbationOneTrapIsEnoughAndItLastsTwiceAsLongEachTimeUpToTheLongest() {
        for (int i = 0; i < 3; i++) {
            quarantine.trapped(ErrorCode.GUEST_TRAP);
        }
        for (long millis : List.of(200L, 400L, 450L, 450L)) {
            pass(1);
            quarantine.end();
            assertFalse(quarantine.on());
            pass(999);
            assertEquals(millis, quarantine.trapped(ErrorCode.GUEST_TRAP));
        }
        assertEquals(5, quarantine.begun());
    }

    @Test
    void whoPassesProbationBeginsAnew() {
        for (int i = 0; i < 3; i++) {
            quarantine.trapped(ErrorCode.GUEST_TRAP);
        }
        quarantine.end();
        pass(1_000);
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertEquals(100, quarantine.trapped(ErrorCode.GUEST_TRAP));
    }

    @Test
    void anotherGenerationBeginsAnewToo() {
        for (int i = 0; i < 3; i++) {
            quarantine.trapped(ErrorCode.GUEST_TRAP);
        }
        quarantine.forget();
        assertFalse(quarantine.on());
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        assertEquals(100, quarantine.trapped(ErrorCode.GUEST_TRAP));
    }

    @Test
    void noneIsBegunWhereItIsSwitchedOff() {
        settings.set(new Quarantine.Settings(0, 1_000, 100, 450));
        for (int i = 0; i < 100; i++) {
            assertEquals(0, quarantine.trapped(ErrorCode.GUEST_TRAP));
        }
    }

    @Test
    void guestsThatAreTooDearToBeMadeAgainAreEnoughByThemselves() {
        assertEquals(100, quarantine.trapped(ErrorCode.LIMIT_RESTARTS));
        assertTrue(quarantine.on());
    }

    @Test
    void whatIsNotThePluginsOwnDoingDoesNotCount() {
        for (ErrorCode code :
                List.of(
                        ErrorCode.GUEST_ERROR,
                        ErrorCode.LIMIT_BUSY,
                        ErrorCode.PAUSED,
                        ErrorCode.NOT_ACTIVE,
                        ErrorCode.QUARANTINED)) {
            assertFalse(Quarantine.counts(code), code.name());
        }
        for (ErrorCode code :
                List.of(
                        ErrorCode.GUEST_TRAP,
                        ErrorCode.GUEST_ABI,
                        ErrorCode.LIMIT_CPU,
                        ErrorCode.LIMIT_FUEL,
                        ErrorCode.LIMIT_TIME,
                        ErrorCode.LIMIT_RESTARTS,
                        ErrorCode.CAPABILITY_DENIED,
                        ErrorCode.LIMIT_STACK,
                        ErrorCode.LIMIT_MEMORY,
                        ErrorCode.LIMIT_HOST_CALLS)) {
            assertTrue(Quarantine.counts(code), code.name());
        }
    }
}
