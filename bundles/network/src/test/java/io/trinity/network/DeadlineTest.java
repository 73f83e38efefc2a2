package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void theEarlierOfTheTwoCounts() {
        long call = in(10_000);
        assertEquals(call, Deadline.of(call, 4_294_967_295L).nanos());
        assertTrue(Deadline.of(call, 5_000).nanos() - call < 0);
        assertTrue(Deadline.of(call, 0).over());
    }

    @Test
    void whatIsOverHasNoMillisecondsAndNeverForEver() throws Exception {
        failure(Reason.TIMEOUT, () -> new Deadline(in(-5)).remainingMillis());
        assertFalse(new Deadline(in(60_000)).over());
        assertTrue(new Deadline(in(60_000)).remainingMillis() >= 1);
        assertEquals(Integer.MAX_VALUE, new Deadline(in(2L * Integer.MAX_VALUE)).remainingMillis());
    }
}
