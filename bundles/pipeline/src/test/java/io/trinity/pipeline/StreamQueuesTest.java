package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StreamQueuesTest {
    private final StreamQueues queues = new StreamQueues(Set.of("events", "alarms"), 3);

    private static Chunk chunk(String stream, String text) {
        return new Chunk(
                text.getBytes(StandardCharsets.UTF_8), "", "data", stream, List.of(), 99, 0, false);
    }

    private static final BooleanSupplier NEVER = () -> false;

    private static long soon() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    }

    private static long late() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    }

    private static Reason reason(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(HostFailure.class, call).reason();
    }

    private void push(List<Chunk> chunks, long deadlineNanos) throws HostFailure {
        queues.push("a", chunks, deadlineNanos, MemoryQuota.UNCOUNTED, NEVER);
    }

    @Test
    void chunksComeOutInOrderAndNumberedByTheHost() throws HostFailure {
        push(List.of(chunk("events", "a"), chunk("alarms", "x"), chunk("events", "b")), late());
        List<Chunk> out = queues.pull("events", 64, late(), NEVER);
        assertEquals(2, out.size());
        assertEquals(0, out.get(0).sequence());
        assertEquals(1, out.get(1).sequence());
        assertEquals("b", new String(out.get(1).payload(), StandardCharsets.UTF_8));
    }

    @Test
    void whoFindsNoRoomIsToldWhileItsCallHasTime() throws HostFailure {
        push(List.of(chunk("events", "1"), chunk("events", "2"), chunk("events", "3")), late());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        HostCall call = new HostCall(PluginRef.named("a"), deadline);
        assertEquals(
                Reason.TIMEOUT, reason(() -> queues.push(call, List.of(chunk("events", "4")))));
        assertTrue(System.nanoTime() - deadline < 0, "there is time left");
    }

    @Test
    void allOrNothingIsPushed() throws HostFailure {
        push(List.of(chunk("events", "1"), chunk("events", "2")), late());
        assertEquals(
                Reason.TIMEOUT,
                reason(
                        () ->
                                push(
                                        List.of(
                                                chunk("alarms", "x"),
                                                chunk("events", "3"),
                                                chunk("events", "4")),
                                        soon())));
        assertEquals(
                Reason.NOT_FOUND,
                reason(() -> push(List.of(chunk("alarms", "x"), chunk("none", "y")), late())));
        assertEquals(List.of(), queues.pull("alarms", 1, soon(), NEVER));
    }

    @Test
    void moreThanAStreamCanEverHoldIsALimitAtOnce() {
        List<Chunk> four = java.util.Collections.nCopies(4, chunk("events", "1"));
        assertEquals(Reason.LIMIT, reason(() -> push(four, late())));
    }

    @Test
    @Timeout(50)
    void whoseCallIsCancelledWaitsNoLonger() throws HostFailure {
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier soonCancelled = () -> asked.incrementAndGet() > 3;
        assertEquals(
                Reason.UNAVAILABLE, reason(() -> queues.pull("events", 1, late(), soonCancelled)));
        push(List.of(chunk("events", "1"), chunk("events", "2"), chunk("events", "3")), late());
        asked.set(0);
        assertEquals(
                Reason.UNAVAILABLE,
                reason(
                        () ->
                                queues.push(
                                        "a",
                                        List.of(chunk("events", "4")),
                                        late(),
                                        MemoryQuota.UNCOUNTED,
                                        soonCancelled)));
    }

    @Test
    void aPullerIsWokenByAPush() throws Exception {
        CompletableFuture<Integer> pulled =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return queues.pull("events", 2, late(), NEVER).size();
                            } catch (HostFailure e) {
                                throw new IllegalStateException(e);
                            }
                        });
        push(List.of(chunk("events", "1")), late());
        assertEquals(1, pulled.get(60, TimeUnit.SECONDS));
    }

    @Test
    void whatWaitsCountsTowardsThePusherUntilItIsPulledOrTheStreamEnds() throws HostFailure {
        Counting memory = new Counting(2000);
        Chunk small = chunk("events", "x".repeat(500));
        queues.push("a", List.of(small, small), late(), memory, NEVER);
        long two = memory.held;
        assertTrue(two > 1000 && two < 2000, "held " + two);
        assertEquals(
                Reason.LIMIT,
                reason(() -> queues.push("a", List.of(small), late(), memory, NEVER)));
        assertEquals(two, memory.held);
        queues.pull("events", 1, late(), NEVER);
        assertEquals(two / 2, memory.held);
        queues.push("a", List.of(small), late(), memory, NEVER);
        queues.close();
        assertEquals(0, memory.held);
    }

    @Test
    void longNamesAndAttributesCountToo() throws HostFailure {
        Counting memory = new Counting(Long.MAX_VALUE);
        List<Chunk.Attribute> attributes =
                List.of(new Chunk.Attribute("k".repeat(100), "v".repeat(900)));
        Chunk c = new Chunk(new byte[0], "t".repeat(256), "m", "events", attributes, 0, 0, false);
        queues.push("a", List.of(c), late(), memory, NEVER);
        assertTrue(memory.held > 2_500, "held " + memory.held);
    }

    private static final class Counting implements MemoryQuota {
        private final long limit;
        private long held;

        Counting(long limit) {
            this.limit = limit;
        }

        @Override
        public boolean tryReserve(long bytes, long heapBytes) {
            boolean fits = bytes <= limit - held;
            held += fits ? bytes : 0;
            return fits;
        }

        @Override
        public void release(long bytes, long heapBytes) {
            held -= bytes;
        }

        @Override
        public long limitBytes() {
            return limit;
        }
    }

    @Test
    void whoFillsAStreamKeepsNobodyElseFromIt() throws HostFailure {
        StreamQueues wide = new StreamQueues(Set.of("events"), 64);
        int greed = 0;
        while (tryPush(wide, "evil")) {
            greed++;
        }
        assertEquals(48, greed);
        for (int i = 0; i < 10; i++) {
            assertTrue(tryPush(wide, "honest"), "place " + i);
        }
        assertEquals(58, wide.pull("events", 64, late(), NEVER).size());
        assertTrue(tryPush(wide, "evil"));
    }

    private static boolean tryPush(StreamQueues to, String plugin) throws HostFailure {
        try {
            to.push(plugin, List.of(chunk("events", "x")), soon(), MemoryQuota.UNCOUNTED, NEVER);
            return true;
        } catch (HostFailure e) {
            assertEquals(Reason.TIMEOUT, e.reason());
            return false;
        }
    }

    @Test
    void onlyThoseThatAreNamedPushAndPull() throws HostFailure {
        StreamMembers members =
                StreamMembers.of(
                        new io.trinity.api.config.ConfigValues(
                                "io.trinity.streams",
                                java.util.Map.of("push.events", "a, b", "pull.events", "reader"),
                                p -> {}),
                        Set.of("events", "alarms"));
        queues.members(members);
        push(List.of(chunk("events", "1"), chunk("alarms", "x")), late());
        HostFailure refused =
                assertThrows(
                        HostFailure.class,
                        () ->
                                queues.push(
                                        "c",
                                        List.of(chunk("events", "1")),
                                        late(),
                                        MemoryQuota.UNCOUNTED,
                                        NEVER));
        assertEquals(Reason.DENIED, refused.reason());
        assertTrue(refused.getMessage().contains("push.events"), refused.getMessage());
        assertEquals(Reason.DENIED, reason(() -> pulled("a", "events")));
        assertEquals(1, pulled("reader", "events"));
        assertEquals(1, pulled("anybody", "alarms"));
    }

    private int pulled(String plugin, String stream) throws HostFailure {
        return queues.pull(new HostCall(PluginRef.named(plugin), late()), stream, 1, 0).size();
    }

    @Test
    void aPluginMakesNoAttributeOfTheHosts() throws HostFailure {
        HostCall call = new HostCall(PluginRef.named("a"), late());
        List<Chunk.Attribute> forged = List.of(new Chunk.Attribute("input.file", "x"));
        Chunk c = new Chunk(new byte[0], "", "data", "events", forged, 0, 0, false);
        HostFailure refused =
                assertThrows(
                        HostFailure.class,
                        () -> queues.push(call, List.of(chunk("events", "1"), c)));
        assertEquals(Reason.INVALID, refused.reason());
        assertEquals(
                "attribute 'input.file' has a name with a dot, which is the host's: it is passed on"
                        + " as it came, or left out",
                refused.getMessage());
        assertEquals(List.of(), queues.pull("events", 1, soon(), NEVER));
    }

    @Test
    void wrongLimitsAndAnEndedPipelineAreTold() {
        assertEquals(Reason.INVALID, reason(() -> queues.pull("events", 0, late(), NEVER)));
        assertEquals(Reason.INVALID, reason(() -> queues.pull("events", 65, late(), NEVER)));
        queues.close();
        assertEquals(Reason.UNAVAILABLE, reason(() -> queues.pull("events", 1, late(), NEVER)));
    }
}
