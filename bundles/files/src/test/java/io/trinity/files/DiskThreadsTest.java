package io.trinity.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
                    assertDoesNotThrow(() -> TimeUnit.MILLISECONDS.sleep(200));
                    return "done";
                });
        assertTrue(call.counters().takeElsewhere() < 100 * MILLI);
    }

    /** However many instances a plugin has: a limit of instances is no limit of threads. */
    @Test
    void sixteenCallsOfAPluginWorkOnFourThreadsAndTheOthersWait() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(DiskThreads.OF_PLUGIN);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                HostCall call = Rig.callOf(30_000);
                results.add(
                        callers.submit(
                                () ->
                                        threads.run(
                                                call,
                                                "x",
                                                deadline(call),
                                                () -> {
                                                    most.accumulateAndGet(
                                                            now.incrementAndGet(), Math::max);
                                                    full.countDown();
                                                    assertDoesNotThrow(() -> go.await());
                                                    now.decrementAndGet();
                                                    return "done";
                                                })));
            }
            assertTrue(full.await(30, TimeUnit.SECONDS));
            HostCall late = Rig.callOf(20);
            HostFailure refused =
                    assertThrows(
                            HostFailure.class,
                            () -> threads.run(late, "x", deadline(late), () -> "done"));
            assertEquals(HostFailure.Reason.TIMEOUT, refused.reason());
            assertTrue(refused.getMessage().contains("4 operations"), refused::getMessage);
            go.countDown();
            for (Future<String> result : results) {
                assertEquals("done", result.get(30, TimeUnit.SECONDS));
            }
            assertEquals(DiskThreads.OF_PLUGIN, most.get());
        } finally {
            callers.shutdownNow();
        }
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
