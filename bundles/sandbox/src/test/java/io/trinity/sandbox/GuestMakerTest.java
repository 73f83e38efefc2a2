package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.vsa.VectorSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests that are made outside of calls, and calls of other plugins that come too late. */
@Timeout(20)
class GuestMakerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final PluginRef EVIL = PluginRef.named("evil");

    private final MemoryLedger ledger =
            new MemoryLedger(() -> 10L * FakeGuest.PAGE, Totals.plenty());
    private final MakerThreads threads = new MakerThreads();
    private final AtomicLong clock = new AtomicLong();
    private final RestartAllowance allowance = new RestartAllowance(clock::get);
    private final CallersRestarts callers = new CallersRestarts(clock::get);
    private final List<FakeGuest> guests = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> makers = Collections.synchronizedList(new ArrayList<>());
    private volatile Consumer<FakeGuest> work = guest -> {};
    private volatile Consumer<GuestSlot.GuestInstance> initialiser = guest -> {};
    private final BoundExport check =
            new BoundExport(
                    "check",
                    Objects.requireNonNull(ModuleOf.CONTRACT.world("checked").get("check")).codec(),
                    null);
    private final GuestSlot slot =
            new GuestSlot(
                    FakeGuest.WHO,
                    new GuestMaker(FakeGuest.WHO, this::open, threads, allowance, callers),
                    5 * SECOND);

    @AfterEach
    void stopThreads() {
        threads.close();
    }

    @Test
    void whereTheGuestIsGoneTheCallersThreadMakesNone() {
        slot.open(Limits.DEFAULT);
        assertEquals(List.of(Thread.currentThread()), makers);
        work = GuestMakerTest::trap;
        for (int i = 0; i < 5; i++) {
            assertFault(ErrorCode.GUEST_TRAP, this::call);
        }
        // One may be being made still.
        List<Thread> others = List.copyOf(makers);
        others.subList(1, others.size())
                .forEach(t -> assertNotSame(Thread.currentThread(), t, t.getName()));
    }

    @Test
    void whatIsMadeWhenItIsLoadedCanBeGivenUp() throws Exception {
        GuestMaker maker = new GuestMaker(FakeGuest.WHO, this::open, threads, allowance, callers);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger asleep = new AtomicInteger();
        initialiser =
                guest -> {
                    begun.countDown();
                    asleep.incrementAndGet();
                    long deadline = System.nanoTime() + 100 * SECOND;
                    guest.state().begin(Limits.DEFAULT, SECOND, 0, deadline);
                    try {
                        guest.state().sleep("poll_oneoff", 50 * SECOND);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> maker.make(Limits.DEFAULT));
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        maker.giveUp();
        ExecutionException e = assertThrows(ExecutionException.class, load::get);
        assertEquals(ErrorCode.NOT_ACTIVE, ((PluginException) e.getCause()).code());
        assertEquals(1, asleep.get());
    }

    @Test
    void aCallWaitsForAGuestThatIsBeingMadeNoLongerThanItHasTime() throws Exception {
        slot.open(Limits.DEFAULT);
        CountDownLatch goOn = new CountDownLatch(1);
        initialiser = guest -> await(goOn);
        work = GuestMakerTest::trap;
        assertFault(ErrorCode.GUEST_TRAP, this::call);
        work = guest -> {};
        for (int i = 0; i < 3; i++) {
            assertFault(
                    ErrorCode.NOT_ACTIVE,
                    () -> call(System.nanoTime() + 20 * MILLI, Optional.empty()),
                    "is being made anew");
        }
        assertEquals(2, guests.size(), "one is being made, and no other beside it");
        goOn.countDown();
        call();
        assertEquals(1, guests.get(1).runs.get());
    }

    @Test
    void whatItsInitialisationEndsInIsToldToTheCallThatNeedsIt() {
        slot.open(Limits.DEFAULT);
        AtomicInteger tried = new AtomicInteger();
        initialiser =
                guest -> {
                    tried.incrementAndGet();
                    throw FakeGuest.fault(ErrorCode.GUEST_TRAP, "unreachable in _initialize");
                };
        work = GuestMakerTest::trap;
        assertFault(ErrorCode.GUEST_TRAP, this::call);
        assertFault(ErrorCode.GUEST_TRAP, this::call, "in _initialize");
        assertFault(ErrorCode.GUEST_TRAP, this::call, "in _initialize");
        assertEquals(2, tried.get());
    }

    @Test
    void whoNeedsDearGuestsTooOftenGetsNoMore() {
        slot.open(Limits.DEFAULT);
        initialiser = guest -> allowance.spent(400 * MILLI, 0);
        work = GuestMakerTest::trap;
        for (int i = 0; i < 4; i++) {
            assertFault(ErrorCode.GUEST_TRAP, this::call);
        }
        assertFault(ErrorCode.LIMIT_RESTARTS, this::call, "1000 ms", "initMillis");
        assertEquals(4, guests.size());
        clock.addAndGet(10 * SECOND);
        assertFault(ErrorCode.GUEST_TRAP, this::call);
    }

    @Test
    void theClockOfTheAllowanceIsTheMakersCpu() {
        slot.open(Limits.DEFAULT);
        Limits little = withInitMillis(1);
        initialiser = guest -> spin(20 * MILLI);
        work = GuestMakerTest::trap;
        assertFault(ErrorCode.GUEST_TRAP, () -> call(little));
        assertFault(ErrorCode.GUEST_TRAP, () -> call(little));
        assertFault(ErrorCode.LIMIT_RESTARTS, () -> call(little));
    }

    @Test
    void closingEndsAnInitialisationThatWaits() throws Exception {
        slot.open(Limits.DEFAULT);
        CountDownLatch begun = new CountDownLatch(1);
        initialiser =
                guest -> {
                    guest.state().begin(Limits.DEFAULT, SECOND, 0, System.nanoTime() + 60 * SECOND);
                    begun.countDown();
                    try {
                        guest.state().sleep("wasi.poll_oneoff", 50 * SECOND);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                };
        work = GuestMakerTest::trap;
        assertFault(ErrorCode.GUEST_TRAP, this::call);
        assertTrue(begun.await(5, TimeUnit.SECONDS));
        slot.close();
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void closingClosesAGuestThatWasMadeAndThatNobodyTook() throws Exception {
        slot.open(Limits.DEFAULT);
        work = GuestMakerTest::trap;
        assertFault(ErrorCode.GUEST_TRAP, this::call);
        slot.close();
        assertTrue(guests.stream().allMatch(g -> g.closed));
        assertEquals(0, ledger.heldBytes());
    }

    // ---- calls of other plugins that come late

    @Test
    void whoComesLateFailsItselfAndTheGuestIsNotEntered() {
        slot.open(Limits.DEFAULT);
        PluginException e =
                assertFault(
                        ErrorCode.LIMIT_TIME,
                        () -> call(System.nanoTime() + 9 * MILLI, Optional.of(EVIL)),
                        "plugin 'lidar'",
                        "wallMillis");
        assertEquals(EVIL, e.plugin());
        assertEquals(0, guests.get(0).runs.get());
        assertFalse(guests.get(0).closed);
        call();
    }

    @Test
    void itIsNotEnteredWithLessThanItNeededForThatCallerBefore() {
        slot.open(Limits.DEFAULT);
        work = guest -> sleep(60);
        call(System.nanoTime() + 60 * SECOND, Optional.of(EVIL));
        work = guest -> {};
        assertFault(
                ErrorCode.LIMIT_TIME,
                () -> call(System.nanoTime() + 100 * MILLI, Optional.of(EVIL)),
                "plugin 'lidar'");
        assertEquals(1, guests.get(0).runs.get());
    }

    @Test
    void whoHasThreeQuartersOfItsLimitsIsLetInWhateverWasNeeded() {
        slot.open(Limits.DEFAULT);
        work = guest -> sleep(700);
        call(System.nanoTime() + 60 * SECOND, Optional.of(EVIL));
        work = guest -> {};
        // Twice of that is more than the callee's own second, of which 950 ms are enough.
        call(System.nanoTime() + 950 * MILLI, Optional.of(EVIL));
        assertEquals(2, guests.get(0).runs.get());
    }

    @Test
    void theDeadlineOfAnotherIsTheOthersFailure() {
        slot.open(Limits.DEFAULT);
        work =
                guest -> {
                    throw FakeGuest.fault(ErrorCode.LIMIT_TIME, "was over time");
                };
        PluginException others =
                assertFault(
                        ErrorCode.LIMIT_TIME,
                        () -> call(System.nanoTime() + SECOND, Optional.of(EVIL)));
        assertEquals(EVIL, others.plugin());
        PluginException own = assertFault(ErrorCode.LIMIT_TIME, this::call);
        assertEquals(FakeGuest.WHO, own.plugin());
    }

    @Test
    void whereTheDeadlineIsTheHostsTheMessageSaysWhatGivesMore() {
        slot.open(Limits.DEFAULT);
        work =
                guest -> {
                    throw FakeGuest.fault(ErrorCode.LIMIT_TIME, "was over time");
                };
        Deadline hosts =
                new Deadline(System.nanoTime() + SECOND, Optional.empty(), "raise this in there");
        PluginException e =
                assertFault(
                        ErrorCode.LIMIT_TIME,
                        () -> call(Limits.DEFAULT, hosts),
                        "was over time; raise this in there");
        assertEquals(FakeGuest.WHO, e.plugin());
        Deadline over = new Deadline(System.nanoTime() + MILLI, Optional.empty(), "raise this");
        sleep(5);
        work = guest -> {};
        assertFault(
                ErrorCode.LIMIT_TIME,
                () -> call(Limits.DEFAULT, over),
                "before it reached the guest; raise this");
    }

    @Test
    void guestsThatACallerEndsAreItsAffairAndNotTheCallees() {
        slot.open(Limits.DEFAULT);
        work =
                guest -> {
                    throw FakeGuest.fault(ErrorCode.LIMIT_TIME, "was over time");
                };
        initialiser = guest -> spin(5 * MILLI);
        Limits little = withInitMillis(20);
        for (int i = 0; i < 100; i++) {
            try {
                call(little, Optional.of(EVIL));
            } catch (PluginException e) {
                assertEquals(EVIL, e.plugin());
                if (e.code() == ErrorCode.LIMIT_RESTARTS) {
                    break;
                }
            }
        }
        assertFault(
                ErrorCode.LIMIT_RESTARTS,
                () -> call(little, Optional.of(EVIL)),
                "plugin 'evil'",
                "plugin 'lidar'",
                "20 ms");
        work = guest -> {};
        call(little);
        call(little, Optional.of(PluginRef.named("another")));
        clock.addAndGet(10 * SECOND);
        call(little, Optional.of(EVIL));
    }

    private static void trap(FakeGuest guest) {
        throw FakeGuest.fault(ErrorCode.GUEST_TRAP, "unreachable");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void spin(long nanos) {
        long end = ThreadCpu.nanos() + nanos;
        while (ThreadCpu.nanos() < end) {
            Thread.onSpinWait();
        }
    }

    private static Limits withInitMillis(int millis) {
        Limits d = Limits.DEFAULT;
        return new Limits(
                d.memoryBytes(),
                d.cpuMillis(),
                d.wallMillis(),
                d.fuel(),
                d.stackBytes(),
                d.hookDepth(),
                d.hooks(),
                d.dependencies(),
                d.hostCalls(),
                d.queue(),
                millis,
                d.logLines());
    }

    private void call() {
        call(Limits.DEFAULT);
    }

    private void call(Limits limits) {
        call(limits, Optional.empty());
    }

    private void call(Limits limits, Optional<PluginRef> hurriedBy) {
        call(limits, new Deadline(System.nanoTime() + 10 * SECOND, hurriedBy, ""));
    }

    private void call(long deadlineNanos, Optional<PluginRef> hurriedBy) {
        call(Limits.DEFAULT, new Deadline(deadlineNanos, hurriedBy, ""));
    }

    private void call(Limits limits, Deadline deadline) {
        slot.call(check, limits, deadline, Optional.empty(), new @Nullable Object[0]);
    }

    private GuestSlot.GuestInstance open(Limits limits, Consumer<GuestSlot.GuestInstance> begun) {
        makers.add(Thread.currentThread());
        FakeGuest guest = new FakeGuest(ledger);
        guests.add(guest);
        guest.functions.put(
                "check",
                a -> {
                    guest.memory.putByte(16, (byte) 0);
                    work.accept(guest);
                    return 16;
                });
        GuestState state =
                new GuestState(
                        FakeGuest.WHO,
                        new VectorHandles(FakeGuest.WHO, new VectorSpace(100), ledger),
                        new GuestMemory(ledger),
                        Optional.empty(),
                        new UsageLedger(),
                        System::nanoTime);
        GuestSlot.GuestInstance guestInstance =
                new GuestSlot.GuestInstance(guest, state, (pointer, old, alignment, size) -> 0);
        begun.accept(guestInstance);
        boolean made = false;
        try {
            initialiser.accept(guestInstance);
            made = true;
            return guestInstance;
        } finally {
            if (!made) {
                guestInstance.close();
            }
        }
    }
}
