package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo.FunctionImport;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Limits;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.canonical.abi.GuestAbiException;
import io.trinity.vsa.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostGateTest {
    private static final int AREA = 1024;
    private static final int OUTSIDE = 65_535;

    private final FakeGuest guest = new FakeGuest();
    private final GuestState state = Guests.state();
    private final AtomicBoolean granted = new AtomicBoolean(true);
    private final List<Object> calls = new ArrayList<>();

    @Test
    void argumentsComeAsValuesAndTheResultGoesBack() {
        HostGate resize = gate("file-changes", "resize", (g, a) -> called(a));
        int length = guest.memory.text(64, "maps/north");
        guest.memory.putByte(AREA, (byte) 77);
        resize.call(guest, new long[] {64, length, 5, AREA});
        assertEquals(List.of("maps/north", 5L), calls);
        assertEquals(0, guest.memory.getByte(AREA));
    }

    @Test
    void argumentsCountTowardsThePluginsMemoryForAsLongAsTheHostCallLasts() {
        MemoryLedger ledger = new MemoryLedger(() -> 1 << 20, Totals.plenty());
        GuestState counted = Guests.state(ledger, Limits.DEFAULT);
        int length = guest.memory.text(64, "x".repeat(900));
        HostGate resize =
                gate(
                        "file-changes",
                        "resize",
                        (g, a) -> {
                            calls.add(counted.lifted());
                            return null;
                        },
                        counted);
        resize.call(guest, new long[] {64, length, 5, AREA});
        assertEquals(List.of(1800L), calls);
        assertEquals(0, counted.lifted());
    }

    @Test
    void textForTheGuestIsPutWhereItsAllocatorSays() {
        HostGate get = gate("config", "get", (g, a) -> Optional.of("a value"));
        get.call(guest, new long[] {0, 0, AREA});
        assertEquals(1, guest.memory.getByte(AREA));
        assertEquals("a value", guest.memory.textAt(AREA + 4));
    }

    @ParameterizedTest
    @EnumSource(HostFailure.Reason.class)
    void aFailureIsItsNumberForTheGuestAndItsSentenceForExplain(HostFailure.Reason reason) {
        HostGate remove =
                gate(
                        "file-changes",
                        "remove",
                        (g, a) -> {
                            throw new HostFailure(reason, "because of " + reason + "\n\ud800");
                        });
        remove.call(guest, new long[] {0, 0, AREA});
        assertEquals(1, guest.memory.getByte(AREA));
        assertEquals(reason.ordinal(), guest.memory.getByte(AREA + 1));
        // The host's sentence is lowered as UTF-8: half a character in it must not be a defect.
        assertEquals("because of " + reason + "\\u{a}\\u{d800}", explained());
        Guests.begin(state, Limits.DEFAULT);
        assertEquals("", explained());
    }

    @Test
    void anArgumentThatTheContractDoesNotAllowIsInvalidAndDeniedBeforeThat() {
        HostGate push = gate("streams", "push", (g, a) -> called(a));
        guest.memory.putInt(1024 + 16, 2048);
        guest.memory.putInt(1024 + 20, guest.memory.text(2048, "LOUD"));
        push.call(guest, new long[] {1024, 1, AREA});
        assertEquals(1, guest.memory.getByte(AREA));
        assertEquals(HostFailure.Reason.INVALID.ordinal(), guest.memory.getByte(AREA + 1));
        assertEquals(
                "chunks[0]: modality has U+004C at 0, which is none of a-z 0-9 - . _", explained());
        granted.set(false);
        push.call(guest, new long[] {1024, 1, AREA});
        assertEquals(HostFailure.Reason.DENIED.ordinal(), guest.memory.getByte(AREA + 1));
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest
    @EnumSource(HostFailure.Reason.class)
    void aFailureOfAFunctionThatCannotFailIsATrap(HostFailure.Reason reason) {
        HostGate release =
                gate(
                        "vsa",
                        "release",
                        (g, a) -> {
                            throw new HostFailure(reason, "no\u001b[2K such thing");
                        });
        assertFault(
                reason == HostFailure.Reason.DENIED
                        ? ErrorCode.CAPABILITY_DENIED
                        : ErrorCode.GUEST_TRAP,
                () -> release.call(guest, new long[] {1}),
                "vsa.release: no\\u{1b}[2K such thing");
    }

    @Test
    void aRevokedCapabilityIsAFailureWhereTheFunctionCanFail() {
        HostGate remove = gate("file-changes", "remove", (g, a) -> called(a));
        remove.call(guest, new long[] {0, 0, AREA});
        assertEquals(0, guest.memory.getByte(AREA));
        assertEquals(1, calls.size());

        granted.set(false);
        remove.call(guest, new long[] {0, 0, AREA});
        assertEquals(1, calls.size(), "it was called although its grant was revoked");
        assertEquals(1, guest.memory.getByte(AREA));
        assertEquals(HostFailure.Reason.DENIED.ordinal(), guest.memory.getByte(AREA + 1));
        assertEquals("capability file_write is not granted", explained());

        granted.set(true);
        remove.call(guest, new long[] {0, 0, AREA});
        assertEquals(2, calls.size());
    }

    @Test
    void aRevokedCapabilityIsATrapWhereTheFunctionCannotFail() {
        HostGate release = gate("vsa", "release", (g, a) -> called(a));
        granted.set(false);
        assertFault(
                ErrorCode.CAPABILITY_DENIED,
                () -> release.call(guest, new long[] {1}),
                "vsa.release",
                "capability vsa_ops is not granted");
        assertEquals(List.of(), calls);
    }

    @Test
    void whatNeedsNoCapabilityIsNotAskedForOne() {
        granted.set(false);
        HostGate log = gate("log", "log", (g, a) -> called(a));
        log.call(guest, new long[] {2, 0, 0, 0, 0});
        assertEquals(3, calls.size());
    }

    @Test
    void hostCallsAreCountedOverAllFunctionsOfOneCall() {
        HostGate release = gate("vsa", "release", (g, a) -> called(a));
        HostGate dimension = gate("vsa", "dimension", (g, a) -> 7L);
        Limits three = Guests.limits(3, 0);
        Guests.begin(state, three);
        release.call(guest, new long[] {1});
        dimension.call(guest, new long[] {});
        release.call(guest, new long[] {2});
        assertFault(
                ErrorCode.LIMIT_HOST_CALLS,
                () -> release.call(guest, new long[] {3}),
                "more than 3 times",
                "hostCalls in conf/io.trinity.plugin-lidar.cfg");
        assertEquals(List.of(1L, 2L), calls);

        Guests.begin(state, three);
        release.call(guest, new long[] {4});
        assertEquals(List.of(1L, 2L, 4L), calls);
    }

    @Test
    void noHostFunctionCanBeCalledFromWithinTheAllocator() {
        HostGate inner = gate("log", "log", (g, a) -> called(a));
        HostGate get = gate("config", "get", (g, a) -> Optional.of("a value"));
        guest.functions.put(
                "cabi_realloc",
                a -> {
                    inner.call(guest, new long[] {2, 0, 0, 0, 0});
                    return AREA;
                });
        assertFault(
                ErrorCode.GUEST_ABI,
                () -> get.call(guest, new long[] {0, 0, AREA}),
                "log.log from within cabi_realloc");
        assertEquals(List.of(), calls);
    }

    @Test
    void afterTheAllocatorTheHostCanBeCalledAgain() {
        HostGate get = gate("config", "get", (g, a) -> Optional.of("a value"));
        get.call(guest, new long[] {0, 0, AREA});
        get.call(guest, new long[] {0, 0, AREA});
        assertEquals("a value", guest.memory.textAt(AREA + 4));
    }

    @Test
    void aGuestWithoutAllocatorThatAsksForTextBreaksTheAbiAndNotTheHost() {
        VectorSpace space = new VectorSpace(1);
        GuestState bare =
                new GuestState(
                        FakeGuest.WHO,
                        new VectorHandles(
                                FakeGuest.WHO, space, new MemoryLedger(() -> 0, Totals.plenty())),
                        new GuestMemory(new MemoryLedger(() -> Long.MAX_VALUE, Totals.plenty())),
                        Optional.empty(),
                        new UsageLedger(),
                        System::nanoTime);
        Guests.begin(bare, Limits.DEFAULT);
        guest.functions.clear();
        HostGate get = gate("config", "get", (g, a) -> Optional.of("a value"), bare);
        assertFault(
                ErrorCode.GUEST_ABI,
                () -> get.call(guest, new long[] {0, 0, AREA}),
                "no cabi_realloc");
    }

    @Test
    void aCallAfterTheDeadlineIsRefusedBeforeAnythingIsLifted() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
        GuestState slow =
                new GuestState(
                        FakeGuest.WHO,
                        new VectorHandles(
                                FakeGuest.WHO,
                                new VectorSpace(1),
                                new MemoryLedger(() -> 0, Totals.plenty())),
                        new GuestMemory(new MemoryLedger(() -> Long.MAX_VALUE, Totals.plenty())),
                        Optional.of("cabi_realloc"),
                        new UsageLedger(),
                        clock::get);
        slow.begin(Limits.DEFAULT, 1_000_000, 0, clock.get() + 10);
        HostGate release = gate("vsa", "release", (g, a) -> called(a), slow);
        release.call(guest, new long[] {0});
        // The clock wraps round here, as System.nanoTime() may.
        clock.addAndGet(9);
        release.call(guest, new long[] {1});
        clock.addAndGet(1);
        HostGate log = gate("log", "log", (g, a) -> called(a), slow);
        assertFault(
                ErrorCode.LIMIT_TIME,
                () -> log.call(guest, new long[] {2, OUTSIDE, 9, 0, 0}),
                "log.log",
                "wallMillis");
        assertEquals(List.of(0L, 1L), calls);
    }

    @Test
    void workThatWouldEndAfterTheDeadlineIsRefused() {
        AtomicLong clock = new AtomicLong();
        GuestState slow =
                new GuestState(
                        FakeGuest.WHO,
                        new VectorHandles(
                                FakeGuest.WHO,
                                new VectorSpace(1),
                                new MemoryLedger(() -> 0, Totals.plenty())),
                        new GuestMemory(new MemoryLedger(() -> Long.MAX_VALUE, Totals.plenty())),
                        Optional.empty(),
                        new UsageLedger(),
                        clock::get);
        slow.begin(Limits.DEFAULT, 1_000_000, 0, 500);
        slow.spend("vsa.bundle", 499);
        clock.set(100);
        slow.spend("vsa.bundle", 399);
        assertFault(ErrorCode.LIMIT_TIME, () -> slow.spend("vsa.bundle", 400), "wallMillis");
    }

    @ParameterizedTest(name = "pointer {0}")
    @ValueSource(longs = {OUTSIDE, -1, 0xffff_ffffL, 1L << 40 | OUTSIDE})
    void aPointerOutsideOfMemoryIsTheGuestsFault(long pointer) {
        HostGate log = gate("log", "log", (g, a) -> called(a));
        PluginException e =
                assertFault(
                        ErrorCode.GUEST_ABI,
                        () -> log.call(guest, new long[] {2, pointer, 9, 0, 0}),
                        "log.log",
                        "docs/plugin-author.md");
        assertTrue(e.getCause() instanceof GuestAbiException);
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest(name = "allocator gives {0}")
    @ValueSource(longs = {0, OUTSIDE, -8})
    void anAllocatorThatLiesIsTheGuestsFault(long pointer) {
        guest.functions.put("cabi_realloc", a -> pointer);
        HostGate get = gate("config", "get", (g, a) -> Optional.of("a value"));
        assertFault(ErrorCode.GUEST_ABI, () -> get.call(guest, new long[] {0, 0, AREA}));
    }

    @Test
    void theEngineIsGivenTheNamesThatTheModuleUses() {
        GuestCode.HostImport linked = gate("log", "log", (g, a) -> null).asImport();
        assertEquals("any module", linked.module());
        assertEquals("log", linked.name());
        assertEquals(ModuleOf.signatureOf("log", "log"), linked.signature());
    }

    private Object called(Object[] arguments) {
        calls.addAll(List.of(arguments));
        return none();
    }

    @SuppressWarnings("NullAway")
    private static Object none() {
        return null;
    }

    private String explained() {
        HostGate explain = gate("host", "explain", (g, a) -> g.lastFailure());
        explain.call(guest, new long[] {AREA + 64});
        return guest.memory.textAt(AREA + 64);
    }

    private HostGate gate(String interfaceName, String function, HostFunction served) {
        return gate(interfaceName, function, served, state);
    }

    private HostGate gate(
            String interfaceName, String function, HostFunction served, GuestState of) {
        ContractCodecs.Import contract = ModuleOf.importOf(interfaceName, function);
        return new HostGate(
                new FunctionImport("any module", function, contract.signature()),
                interfaceName,
                contract,
                served,
                granted::get,
                new Audit(System::nanoTime, (millis, work) -> {}),
                of);
    }
}
