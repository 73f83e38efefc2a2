package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.hook.Part;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Limits;
import io.trinity.api.stream.Vector;
import io.trinity.canonical.abi.GuestAbiException;
import io.trinity.vsa.VectorSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GuestSlotTest {
    private static final long SECOND = 1_000_000_000L;
    private static final BoundExport CHECK = export("checked", "check", null);
    private static final BoundExport ANSWER = export("callable", "answer", null);
    private static final BoundExport ONERROR =
            export("hook-on-error", "onerror", "cabi_post_onerror");

    private final TotalMemory total = new TotalMemory(() -> 40L * FakeGuest.PAGE);
    private final MemoryLedger ledger =
            new MemoryLedger(() -> 10L * FakeGuest.PAGE, total.open("lidar"));
    private final List<FakeGuest> guests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<@Nullable GuestState> states = new AtomicReference<>();
    private volatile Work work = guest -> {};
    private volatile Work opening = guest -> {};
    private volatile Executor executor = Runnable::run;
    private volatile LongSupplier clock = System::nanoTime;
    private GuestSlot slot = slot(5 * SECOND);

    /** What the guest does when it is called. */
    private interface Work {
        void run(FakeGuest guest) throws Exception;
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void aValueAndARefusalAreTheAnswers() {
        assertEquals(new Answer.Value<@Nullable Object>(null), check());
        work = g -> refuse(g, "not today");
        assertEquals(new Answer.Refusal<@Nullable Object>("not today"), check());
        assertEquals(1, guests.size(), "a refusal leaves the guest alive");
    }

    @Test
    void aRefusalIsShownToPeopleAndThereforeShortAndPlain() {
        work = g -> refuse(g, "a\n\u001b[2Jb" + "x".repeat(5000));
        Answer.Refusal<?> r = assertInstanceOf(Answer.Refusal.class, check());
        assertTrue(r.text().startsWith("a\\u{a}\\u{1b}[2Jbx"), r.text());
        assertTrue(r.text().length() < 4200, "length " + r.text().length());
    }

    @Test
    void argumentsAreHandedOverThroughTheAllocatorAndAnswersCopiedBeforePost() throws Exception {
        BoundExport withPost = export("callable", "answer", "cabi_post_answer");
        List<String> posted = new ArrayList<>();
        slot.open(Limits.DEFAULT);
        FakeGuest guest = guests.get(0);
        guest.functions.put(
                "answer",
                a -> {
                    guest.memory.putByte(64, (byte) 0);
                    guest.memory.putInt(68, (int) a[2]);
                    guest.memory.putInt(72, (int) a[3]);
                    return 64;
                });
        guest.functions.put(
                "cabi_post_answer",
                a -> {
                    posted.add("post " + a[0]);
                    guest.memory.putByte(guest.memory.getInt(68), (byte) 99);
                    return 0;
                });
        Answer<?> answer =
                slot.call(
                        withPost,
                        Limits.DEFAULT,
                        Deadline.own(inOneSecond()),
                        Optional.empty(),
                        of("f", new byte[] {1, 2, 3}));
        byte[] value = assertInstanceOf(byte[].class, ((Answer.Value<?>) answer).value());
        assertEquals(List.of((byte) 1, (byte) 2, (byte) 3), List.of(value[0], value[1], value[2]));
        assertEquals(List.of("post 64"), posted);
    }

    @Test
    void whatTheContractDoesNotAllowFailsTheCallAndLeavesTheGuestAlive() {
        BoundExport process = export("pipeline-stage", "process", "cabi_post_process");
        List<Long> posted = new ArrayList<>();
        slot.open(Limits.DEFAULT);
        FakeGuest guest = guests.get(0);
        guest.functions.put(
                "process",
                a -> {
                    guest.memory.putByte(64, (byte) 0);
                    guest.memory.putInt(68, 1024);
                    guest.memory.putInt(72, 1);
                    guest.memory.putInt(1024 + 16, 2048);
                    guest.memory.putInt(1024 + 20, guest.memory.text(2048, "LOUD"));
                    return 64;
                });
        guest.functions.put(
                "cabi_post_process",
                a -> {
                    posted.add(a[0]);
                    return 0;
                });
        for (int i = 0; i < 2; i++) {
            assertFault(
                    ErrorCode.GUEST_ABI,
                    () ->
                            slot.call(
                                    process,
                                    Limits.DEFAULT,
                                    Deadline.own(inOneMinute()),
                                    Optional.empty(),
                                    of(List.of())),
                    "process returned what the contract does not allow: ok[0]: modality has U+004C"
                            + " at 0",
                    "WIT of its world");
        }
        assertEquals(List.of(64L, 64L), posted);
        assertEquals(1, guests.size(), "it returned in good order");
    }

    @Test
    void wrongArgumentsAreTheCallersFaultAndTheGuestLivesOn() {
        slot.open(Limits.DEFAULT);
        for (int i = 0; i < 2; i++) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    slot.call(
                                            ANSWER,
                                            Limits.DEFAULT,
                                            Deadline.own(inOneMinute()),
                                            Optional.empty(),
                                            of("f", "no bytes")));
            assertEquals(
                    "callable.answer: argument: list<u8> takes byte[], not java.lang.String",
                    e.getMessage());
        }
        assertEquals(1, guests.size());
        check();
    }

    @Test
    void aVectorAmongTheArgumentsIsLentUntilTheExportReturns() {
        BoundExport hook = export("hook-pre-fusion", "prefusion", null);
        slot.open(Limits.DEFAULT);
        FakeGuest guest = guests.get(0);
        GuestState state = Objects.requireNonNull(states.get());
        Vector vector = new Vector(new VectorSpace(100).random(1).toTrits());
        List<Long> lent = new ArrayList<>();
        guest.functions.put(
                "prefusion",
                a -> {
                    for (int at : new int[] {24, 56}) {
                        lent.add((long) guest.memory.getInt((int) a[2] + at));
                    }
                    assertArrayEquals(vector.trits(), state.vectors().get(lent.get(1)).toTrits());
                    return ok(guest);
                });
        slot.call(
                hook,
                Limits.DEFAULT,
                Deadline.own(inOneMinute()),
                Optional.empty(),
                of("k", List.of(new Part("text", 1, 1, vector), new Part("data", 1, 1, vector))));
        assertEquals(List.of(1L, 2L), lent);
        assertFault(ErrorCode.GUEST_TRAP, () -> state.vectors().get(1));
        assertFault(ErrorCode.GUEST_TRAP, () -> state.vectors().get(2));
    }

    @Test
    void aPostFunctionOfAFunctionWithoutResultIsCalledWithNothing() {
        AtomicInteger arguments = new AtomicInteger(-1);
        slot.open(Limits.DEFAULT);
        FakeGuest guest = guests.get(0);
        guest.functions.put("onerror", a -> 0);
        guest.functions.put(
                "cabi_post_onerror",
                a -> {
                    arguments.set(a.length);
                    return 0;
                });
        slot.call(
                ONERROR,
                Limits.DEFAULT,
                Deadline.own(inOneSecond()),
                Optional.empty(),
                of(List.of()));
        assertEquals(0, arguments.get());
    }

    @Test
    void aTrapAfterTheTotalRefusedTheGuestMemoryIsNotThePlugins() {
        slot.open(Limits.DEFAULT);
        TotalMemory.Holder others = total.open("others");
        while (others.tryTake(FakeGuest.PAGE)) {
            // All that there is for others.
        }
        work =
                guest -> {
                    GuestMemory memory = stateOf(guest).memory();
                    while (memory.tryReserve(FakeGuest.PAGE)) {
                        // Its share.
                    }
                    throw FakeGuest.fault(ErrorCode.GUEST_TRAP, "unreachable");
                };
        assertFault(ErrorCode.LIMIT_TOTAL_MEMORY, () -> check(), "'others'", "then: unreachable");
        work = guest -> assertFalse(stateOf(guest).memory().tryReserve(FakeGuest.PAGE));
        check();
        work =
                guest -> {
                    throw FakeGuest.fault(ErrorCode.GUEST_TRAP, "unreachable");
                };
        assertFault(ErrorCode.GUEST_TRAP, () -> check());
    }

    @Test
    void withinThePostFunctionTheHostCannotBeCalled() {
        slot.open(Limits.DEFAULT);
        FakeGuest guest = guests.get(0);
        guest.functions.put("onerror", a -> 0);
        guest.functions.put(
                "cabi_post_onerror",
                a -> {
                    Objects.requireNonNull(states.get()).countHostCall("log.log");
                    return 0;
                });
        assertFault(
                ErrorCode.GUEST_ABI,
                () ->
                        slot.call(
                                ONERROR,
                                Limits.DEFAULT,
                                Deadline.own(inOneSecond()),
                                Optional.empty(),
                                of(List.of())),
                "cabi_post_");
    }

    @Test
    void oneCallRunsAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        work =
                g -> {
                    assertEquals(1, inside.incrementAndGet());
                    Thread.yield();
                    inside.decrementAndGet();
                };
        List<Future<Answer<?>>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            all.add(
                    threads.submit(
                            () -> {
                                Answer<?> last = check();
                                for (int i = 0; i < 100; i++) {
                                    last = check();
                                }
                                return last;
                            }));
        }
        for (Future<Answer<?>> one : all) {
            one.get(10, TimeUnit.SECONDS);
        }
        assertEquals(1, guests.size());
        assertEquals(8 * 101, guests.get(0).runs.get());
    }

    @Test
    void thoseThatWaitComeInOrderAndNobodyPassesThem() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            Blocked blocked = new Blocked();
            work = blocked;
            Future<?> first =
                    threads.submit(
                            () -> {
                                check();
                                work = g -> order.add("again");
                                return check();
                            });
            blocked.awaitInside();
            Future<?> second =
                    threads.submit(
                            () -> {
                                slot.call(
                                        ANSWER,
                                        limits(9),
                                        Deadline.own(inOneSecond()),
                                        Optional.empty(),
                                        of("f", new byte[0]));
                                return null;
                            });
            awaitThat(() -> slot.waitingCalls() == 1);
            guests.get(0)
                    .functions
                    .put(
                            "answer",
                            a -> {
                                order.add("waiting");
                                return ok(guests.get(0));
                            });
            blocked.release.countDown();
            first.get(5, TimeUnit.SECONDS);
            try {
                second.get(5, TimeUnit.SECONDS);
            } finally {
                assertEquals(List.of("waiting", "again"), order);
            }
        }
    }

    @Test
    void asManyCallsWaitAsTheQueueHolds() throws Exception {
        Blocked blocked = new Blocked();
        work = blocked;
        Future<?> running = threads.submit(() -> check());
        blocked.awaitInside();
        assertFault(ErrorCode.LIMIT_BUSY, () -> check(limits(0), inOneSecond()), "0 calls wait");

        List<Future<?>> queued = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            queued.add(threads.submit(() -> check(limits(2), inOneMinute())));
        }
        awaitThat(() -> slot.waitingCalls() == 2);
        assertFault(
                ErrorCode.LIMIT_BUSY,
                () -> check(limits(2), inOneMinute()),
                "2 calls wait already",
                "queue or wallMillis in conf/io.trinity.plugin-lidar.cfg");
        blocked.release.countDown();
        running.get(5, TimeUnit.SECONDS);
        for (Future<?> one : queued) {
            one.get(5, TimeUnit.SECONDS);
        }
        check(limits(0), inOneSecond());
        assertEquals(0, slot.waitingCalls());
    }

    @Test
    void aCallWhoseDeadlineComesWhileItWaitsEndsAsBusy() throws Exception {
        Blocked blocked = new Blocked();
        work = blocked;
        Future<?> running = threads.submit(() -> check());
        blocked.awaitInside();
        assertFault(
                ErrorCode.LIMIT_BUSY,
                () -> check(limits(5), System.nanoTime() + 2_000_000),
                "until the call's deadline");
        assertEquals(0, slot.waitingCalls());
        blocked.release.countDown();
        running.get(5, TimeUnit.SECONDS);
        assertEquals(new Answer.Value<@Nullable Object>(null), check());
    }

    @Test
    void anInterruptedCallerStopsWaitingAndStaysInterrupted() throws Exception {
        Blocked blocked = new Blocked();
        work = blocked;
        Future<?> running = threads.submit(() -> check());
        blocked.awaitInside();
        Thread.currentThread().interrupt();
        assertFault(ErrorCode.LIMIT_BUSY, () -> check(limits(5), inOneMinute()), "was interrupted");
        assertTrue(Thread.interrupted());
        blocked.release.countDown();
        running.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatComesTooLateDoesNotCostTheGuestItsMemory() {
        check();
        assertFault(
                ErrorCode.LIMIT_TIME,
                () -> check(Limits.DEFAULT, System.nanoTime() - 1),
                "before it reached the guest");
        check();
        assertEquals(1, guests.size());
        assertEquals(2, guests.get(0).runs.get());
    }

    @Test
    void aGuestThatBeganAfterTheDeadlineIsKeptForTheNextCall() {
        assertFault(ErrorCode.LIMIT_TIME, () -> check(Limits.DEFAULT, System.nanoTime() - 1));
        assertEquals(1, guests.size());
        check();
        assertEquals(1, guests.size());
    }

    @Test
    void aTrapDiscardsTheGuestAndTheNextCallGetsAFreshOne() {
        work =
                g -> {
                    Objects.requireNonNull(states.get())
                            .vectors()
                            .hold(new VectorSpace(100).random(1));
                    throw FakeGuest.fault(ErrorCode.GUEST_TRAP, "unreachable");
                };
        assertFault(ErrorCode.GUEST_TRAP, () -> check());
        assertTrue(guests.get(0).closed);
        assertEquals(FakeGuest.PAGE, ledger.heldBytes(), "only the next guest's page is held");
        assertEquals(2, guests.size(), "the next one is made at once");

        work = g -> {};
        check();
        assertEquals(2, guests.size());
        assertFalse(guests.get(1).closed);
        assertEquals(FakeGuest.PAGE, ledger.heldBytes());
    }

    @Test
    void whatTheGuestLiesAboutIsGuestAbiAndDiscardsIt() {
        slot.open(Limits.DEFAULT);
        guests.get(0).functions.put("check", a -> -2L);
        PluginException e = assertFault(ErrorCode.GUEST_ABI, () -> check(), "checked.check");
        assertInstanceOf(GuestAbiException.class, e.getCause());
        assertTrue(guests.get(0).closed);
        assertFalse(guests.get(1).closed);
        assertEquals(FakeGuest.PAGE, ledger.heldBytes());
    }

    @Test
    void aDefectOfTheHostDiscardsTheGuestAndIsNotTheGuestsFault() {
        work =
                g -> {
                    throw new IllegalStateException("a bug of ours");
                };
        assertThrows(IllegalStateException.class, this::check);
        assertTrue(guests.get(0).closed);
        assertEquals(FakeGuest.PAGE, ledger.heldBytes());
        work = g -> {};
        check();
    }

    @Test
    void whereNoGuestCanBeMadeTheNextCallTriesAgain() {
        assertTrue(ledger.tryReserve(10L * FakeGuest.PAGE));
        assertFault(ErrorCode.LIMIT_MEMORY, () -> check());
        ledger.release(10L * FakeGuest.PAGE);
        check();
        assertEquals(1, guests.size());
    }

    @Test
    void vectorsAreGivenBackEvenIfTheGuestCannotBeClosed() {
        check();
        Objects.requireNonNull(states.get()).vectors().hold(new VectorSpace(100).random(1));
        ledger.release(FakeGuest.PAGE);
        assertThrows(IllegalStateException.class, slot::close);
        assertEquals(0, ledger.heldBytes());
    }

    // ---- closing

    @Test
    void aClosedRoomLetsNobodyInAndHoldsNothing() {
        check();
        slot.close();
        assertTrue(guests.get(0).closed);
        assertEquals(0, ledger.heldBytes());
        assertFault(ErrorCode.NOT_ACTIVE, () -> check(), "its generation has ended");
        slot.close();
        assertEquals(1, guests.size());
    }

    @Test
    void closingCancelsTheRunningCallAndFreesItsGuest() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        work = g -> loop(g, inside);
        Future<?> running = threads.submit(() -> check());
        assertTrue(inside.await(5, TimeUnit.SECONDS));
        slot.close();
        assertCode(ErrorCode.NOT_ACTIVE, running);
        assertTrue(guests.get(0).closed);
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void thoseThatWaitWhenItClosesDoNotReachAGuest() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        work = g -> loop(g, inside);
        Future<?> running = threads.submit(() -> check());
        assertTrue(inside.await(5, TimeUnit.SECONDS));
        List<Future<?>> queued = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queued.add(threads.submit(() -> check(limits(9), inOneMinute())));
        }
        awaitThat(() -> slot.waitingCalls() == 3);
        slot.close();
        assertCode(ErrorCode.NOT_ACTIVE, running);
        for (Future<?> one : queued) {
            assertCode(ErrorCode.NOT_ACTIVE, one);
        }
        assertEquals(1, guests.size());
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void aCancellationThatComesJustBeforeTheRunBeginsIsNotLost() throws Exception {
        check();
        FakeGuest guest = guests.get(0);
        CountDownLatch inside = new CountDownLatch(1);
        work =
                g -> {
                    // As if the first cancellation had come before the run began.
                    inside.countDown();
                    while (!g.cancelled) {
                        Thread.onSpinWait();
                    }
                    g.cancelled = false;
                    loop(g, new CountDownLatch(1));
                };
        Future<?> running = threads.submit(() -> check());
        assertTrue(inside.await(5, TimeUnit.SECONDS));
        slot.close();
        assertCode(ErrorCode.NOT_ACTIVE, running);
        assertTrue(guest.closed);
    }

    @Test
    void aGuestThatIsMadeWhileTheRoomClosesIsFreedAndNotEntered() throws Exception {
        Blocked making = new Blocked();
        opening = making;
        Future<?> call = threads.submit(() -> check());
        making.awaitInside();
        Future<?> closing = threads.submit(slot::close);
        awaitThat(() -> slot.isClosed());
        making.release.countDown();
        assertCode(ErrorCode.NOT_ACTIVE, call);
        closing.get(5, TimeUnit.SECONDS);
        assertEquals(1, guests.size());
        assertEquals(0, guests.get(0).runs.get());
        assertTrue(guests.get(0).closed);
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void whatClosesFromWithinItsOwnCallDoesNotWaitForItselfForEver() {
        slot = slot(SECOND / 50);
        work = g -> slot.close();
        check();
        assertTrue(guests.get(0).closed);
        assertEquals(0, ledger.heldBytes());
        assertFault(ErrorCode.NOT_ACTIVE, () -> check());
    }

    @Test
    void aCallThatHangsInTheHostFreesItsGuestWhenItComesBack() throws Exception {
        slot = slot(SECOND / 50);
        Blocked inHost = new Blocked();
        work = inHost;
        Future<?> running = threads.submit(() -> check());
        inHost.awaitInside();
        slot.close();
        assertFalse(guests.get(0).closed, "nothing may be freed under a running call");
        assertFault(ErrorCode.NOT_ACTIVE, () -> check(limits(0), inOneSecond()));
        inHost.release.countDown();
        running.get(5, TimeUnit.SECONDS);
        assertTrue(guests.get(0).closed);
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void anInterruptedCloserClosesAllTheSame() throws Exception {
        check();
        Thread.currentThread().interrupt();
        slot.close();
        assertTrue(Thread.interrupted());
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void aCallThatLeadsBackToItsOwnGuestIsRefusedAtOnce() {
        List<String> told = new ArrayList<>();
        work =
                guest -> {
                    try {
                        check();
                    } catch (PluginException e) {
                        told.add(e.code() + " " + e.getMessage());
                    }
                };
        check();
        assertEquals(1, told.size());
        assertTrue(told.get(0).startsWith("LIMIT_BUSY"), told.get(0));
        assertTrue(told.get(0).contains("on this thread already"), told.get(0));
        // The outer call went through, and the next one does.
        work = guest -> {};
        check();
        assertEquals(1, guests.size());
    }

    @Test
    void lentVectorsAreGoneWhenTheCallIsOver() {
        long before = -1;
        check();
        before = ledger.heldBytes();
        List<Long> seen = new ArrayList<>();
        work =
                guest -> {
                    VectorHandles handles = states.get().vectors();
                    seen.add(handles.lend(new io.trinity.api.stream.Vector(new byte[100])));
                    assertTrue(ledger.heldBytes() > 0);
                    assertThrows(PluginException.class, () -> handles.release(seen.get(0)));
                };
        check();
        assertEquals(before, ledger.heldBytes());
        assertThrows(PluginException.class, () -> states.get().vectors().get(seen.get(0)));
    }

    @Test
    void aCallThatAnotherPaysForIsInThePayersLedgerAndNotInItsOwn() {
        FakeGuest caller = new FakeGuest();
        GuestState callersState = Guests.state();
        work = g -> g.fuel += 500;
        caller.run(
                budget(1_000_000_000L, 10_000),
                () -> {
                    callersState.calls(caller);
                    paidBy(callersState);
                    return 0;
                });
        assertEquals(500, caller.fuelUsed());
        assertEquals(0, stateOf(guests.get(0)).usage().sum(0).fuel());
        check();
        assertEquals(500, stateOf(guests.get(0)).usage().sum(0).fuel());
    }

    @Test
    void aCalleeHasNoMoreFuelAndTimeThanTheCallThatItIsIn() {
        FakeGuest caller = new FakeGuest();
        GuestState callersState = Guests.state();
        callersState.begin(Limits.DEFAULT, 1_000, 10_000, inOneSecond());
        caller.run(
                budget(50_000_000L, 10_000),
                () -> {
                    caller.fuel = 9_900;
                    caller.cpuSpent = 49_000_000L;
                    callersState.calls(caller);
                    paidBy(callersState);
                    return 0;
                });
        assertEquals(100, guests.get(0).lastBudget().fuel());
        assertEquals(1_000_000L, guests.get(0).lastBudget().cpuNanos());
    }

    @Test
    void aPayerThatCannotPayEndsAndTheCalleeIsNotBlamed() {
        FakeGuest caller = new FakeGuest();
        GuestState callersState = Guests.state();
        callersState.begin(Limits.DEFAULT, 1_000, 10_000, inOneSecond());
        work =
                g -> {
                    g.fuel = g.lastBudget().fuel() + 1;
                    throw FakeGuest.fault(ErrorCode.LIMIT_FUEL, "used too much");
                };
        PluginException e =
                assertThrows(
                        PluginException.class,
                        () ->
                                caller.run(
                                        budget(50_000_000L, 10_000),
                                        () -> {
                                            callersState.calls(caller);
                                            paidBy(callersState);
                                            return 0;
                                        }));
        assertEquals(ErrorCode.LIMIT_FUEL, e.code());
        assertEquals(10_001, caller.fuelUsed());
    }

    private static CallBudget budget(long cpuNanos, long fuel) {
        return new CallBudget(cpuNanos, 1, Long.MAX_VALUE, fuel, 1);
    }

    private void paidBy(GuestState caller) {
        slot.call(
                CHECK,
                Limits.DEFAULT,
                Deadline.own(inOneSecond()),
                Optional.of(caller.budgetOwner()),
                new @Nullable Object[0]);
    }

    private GuestState stateOf(FakeGuest guest) {
        assertTrue(guests.contains(guest));
        return Objects.requireNonNull(states.get());
    }

    // ---- helpers

    private GuestSlot slot(long closeWaitNanos) {
        return new GuestSlot(
                FakeGuest.WHO,
                new GuestMaker(
                        FakeGuest.WHO,
                        this::open,
                        making -> executor.execute(making),
                        new RestartAllowance(clock),
                        new CallersRestarts(clock)),
                closeWaitNanos);
    }

    private GuestSlot.GuestInstance open(Limits limits, Consumer<GuestSlot.GuestInstance> begun) {
        FakeGuest guest = new FakeGuest(ledger);
        guests.add(guest);
        guest.functions.put(
                "check",
                a -> {
                    ok(guest);
                    run(work, guest);
                    return 16;
                });
        GuestState state =
                new GuestState(
                        FakeGuest.WHO,
                        new VectorHandles(FakeGuest.WHO, new VectorSpace(100), ledger),
                        new GuestMemory(ledger),
                        Optional.of("cabi_realloc"),
                        new UsageLedger(),
                        System::nanoTime);
        states.set(state);
        GuestSlot.GuestInstance guestInstance =
                new GuestSlot.GuestInstance(
                        guest,
                        state,
                        (pointer, oldSize, alignment, size) ->
                                state.reallocate(guest, pointer, oldSize, alignment, size));
        begun.accept(guestInstance);
        run(opening, guest);
        return guestInstance;
    }

    private static void run(Work work, FakeGuest guest) {
        try {
            work.run(guest);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long ok(FakeGuest g) {
        g.memory.putByte(16, (byte) 0);
        g.memory.putInt(20, 1024);
        g.memory.putInt(24, 0);
        return 16;
    }

    private static void refuse(FakeGuest g, String text) {
        g.memory.putByte(16, (byte) 1);
        g.memory.putInt(20, 1024);
        g.memory.putInt(24, g.memory.text(1024, text));
    }

    private static void loop(FakeGuest g, CountDownLatch inside) {
        inside.countDown();
        long end = System.nanoTime() + 10 * SECOND;
        while (System.nanoTime() < end) {
            g.checkpoint();
            Thread.onSpinWait();
        }
    }

    /** Work that stays in the host until it is released. */
    private static final class Blocked implements Work {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);

        @Override
        public void run(FakeGuest guest) throws Exception {
            inside.countDown();
            assertTrue(release.await(10, TimeUnit.SECONDS));
        }

        void awaitInside() throws InterruptedException {
            assertTrue(inside.await(5, TimeUnit.SECONDS));
        }
    }

    private Answer<@Nullable Object> check() {
        return check(Limits.DEFAULT, inOneMinute());
    }

    private Answer<@Nullable Object> check(Limits limits, long deadline) {
        return slot.call(
                CHECK, limits, Deadline.own(deadline), Optional.empty(), new @Nullable Object[0]);
    }

    private static void awaitThat(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "the condition does not come true");
            Thread.onSpinWait();
        }
    }

    private static void assertCode(ErrorCode code, Future<?> call) throws Exception {
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> call.get(5, TimeUnit.SECONDS));
        assertEquals(code, assertInstanceOf(PluginException.class, e.getCause()).code());
    }

    private static Limits limits(int queue) {
        return Guests.limits(10_000, queue);
    }

    private static long inOneSecond() {
        return System.nanoTime() + SECOND;
    }

    private static long inOneMinute() {
        return System.nanoTime() + 60 * SECOND;
    }

    private static @Nullable Object[] of(@Nullable Object... arguments) {
        return arguments;
    }

    private static BoundExport export(String world, String name, @Nullable String post) {
        ContractCodecs.Export e = Objects.requireNonNull(ModuleOf.CONTRACT.world(world).get(name));
        return new BoundExport(name, e.codec(), post);
    }
}
