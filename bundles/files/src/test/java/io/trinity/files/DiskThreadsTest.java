package io.trinity.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskThreadsTest {
    private static final long MILLI = 1_000_000;

    private final DiskThreads threads = new DiskThreads();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void whatAThreadOfTheDiskWorksIsTheCallsCpuTime() throws HostFailure {
        HostCall call = Rig.callOf(30_000);
        assertEquals("done", threads.run(call, "x", deadline(call), () -> spin(20)));
        assertTrue(call.counters().takeElsewhere() >= 20 * MILLI);
        assertEquals(0, call.counters().takeElsewhere(), "it is taken once");
    }

    @Test
    void alsoWhereItFails() {
        HostCall call = Rig.callOf(30_000);
        assertThrows(
                HostFailure.class,
                () ->
                        threads.run(
                                call,
                                "x",
                                deadline(call),
                                () -> {
                                    spin(20);
                                    throw new HostFailure(HostFailure.Reason.NOT_FOUND, "no");
                                }));
        assertTrue(call.counters().takeElsewhere() >= 20 * MILLI);
    }

    @Test
    void waitingForADiskIsNoCpuTime() throws Exception {
        HostCall call = Rig.callOf(30_000);
        threads.run(
                call,
                "x",
                deadline(call),
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(200);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return "done";
                });
        assertTrue(call.counters().takeElsewhere() < 100 * MILLI);
    }

    private static Deadline deadline(HostCall call) {
        return new Deadline(call.deadlineNanos());
    }

    private static String spin(long millis) {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + millis * MILLI;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
        return "done";
    }
}
