package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Vsa.WeightedVector;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.policy.Limits;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.vsa.VectorSpace;
import io.trinity.vsa.Weighted;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestVsaTest {
    private static final long BAD = 99;

    private final VectorSpace space = new VectorSpace(Guests.DIMENSION);
    private final AtomicLong limit = new AtomicLong(1 << 20);
    private final MemoryLedger ledger = new MemoryLedger(limit::get, Totals.plenty());
    private final FakeGuest engineGuest = new FakeGuest();
    private final GuestState guest = Guests.state(ledger, Limits.DEFAULT);

    @Test
    void everyFunctionDoesWhatTheSpaceDoes() throws Exception {
        assertEquals((long) Guests.DIMENSION, call("dimension"));
        long a = vector("random", 1L);
        long b = vector("random", -1L);
        byte[] ta = space.random(1).toTrits();
        byte[] tb = space.random(-1).toTrits();
        assertArrayEquals(ta, read(a));
        assertArrayEquals(tb, read(b));
        assertArrayEquals(ta, read(vector("copy", a)));
        assertArrayEquals(tb, read(vector("load", (Object) tb)));
        long bound = vector("bind", a, b);
        assertArrayEquals(space.bind(space.of(ta), space.of(tb)).toTrits(), read(bound));
        assertArrayEquals(tb, read(vector("unbind", bound, a)));
        assertArrayEquals(
                space.permute(space.of(ta), -7).toTrits(), read(vector("permute", a, -7)));
        assertEquals(space.similarity(space.of(ta), space.of(tb)), call("similarity", a, b));
        assertArrayEquals(
                space.bundle(List.of(new Weighted(space.of(ta), 3), new Weighted(space.of(tb), -2)))
                        .toTrits(),
                read(vector("bundle", List.of(pair(a, 3), pair(b, -2)))));
        assertArrayEquals(new byte[Guests.DIMENSION], read(vector("bundle", List.of())));
        assertNull(call("release", b));
        assertFault(ErrorCode.GUEST_TRAP, () -> call("read", b));
    }

    @Test
    void aCopyOutlivesWhatItWasCopiedFrom() throws Exception {
        long a = vector("random", 1L);
        long copy = vector("copy", a);
        call("release", a);
        assertArrayEquals(space.random(1).toTrits(), read(copy));
    }

    @Test
    void everyFunctionTrapsOnAVectorThatIsNotHeld() throws Exception {
        long good = vector("random", 1L);
        long before = ledger.heldBytes();
        assertTraps("read", BAD);
        assertTraps("copy", BAD);
        assertTraps("release", BAD);
        assertTraps("permute", BAD, 1);
        assertTraps("bundle", List.of(pair(good, 1), pair(BAD, 1)));
        assertTraps("bundle", List.of(pair(BAD, 0)));
        for (String two : List.of("bind", "unbind", "similarity")) {
            assertTraps(two, good, BAD);
            assertTraps(two, BAD, good);
        }
        assertEquals(before, ledger.heldBytes());
    }

    @Test
    void everyFunctionThatMakesAVectorIsBoundByTheMemoryLimit() throws Exception {
        long a = vector("random", 1L);
        limit.set(ledger.heldBytes());
        byte[] trits = space.random(5).toTrits();
        assertFull("random", 2L);
        assertFull("load", (Object) trits);
        assertFull("copy", a);
        assertFull("bind", a, a);
        assertFull("unbind", a, a);
        assertFull("permute", a, 1);
        assertFull("bundle", List.of(pair(a, 1)));
        call("release", a);
        vector("random", 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Guests.DIMENSION - 1, Guests.DIMENSION + 1})
    void loadTakesAsManyElementsAsTheDimensionSays(int length) {
        HostFailure e =
                assertThrows(HostFailure.class, () -> call("load", (Object) new byte[length]));
        assertEquals(HostFailure.Reason.INVALID, e.reason());
        assertEquals("a vector has 100 elements, not " + length, e.getMessage());
        assertEquals(0, ledger.heldBytes());
    }

    @ParameterizedTest
    @ValueSource(bytes = {-128, -2, 2, 127})
    void loadTakesNoOtherElements(byte bad) {
        byte[] trits = new byte[Guests.DIMENSION];
        trits[Guests.DIMENSION - 1] = bad;
        HostFailure e = assertThrows(HostFailure.class, () -> call("load", (Object) trits));
        assertEquals(HostFailure.Reason.INVALID, e.reason());
        assertEquals("element 99 is " + bad + ", not -1, 0 or 1", e.getMessage());
    }

    @Test
    void aBundleThatTakesLongerThanTheCallHasIsRefusedBeforeItBegins() throws Exception {
        long a = vector("random", 1L);
        List<WeightedVector> huge = Collections.nCopies(600_000, pair(a, Integer.MIN_VALUE));
        long held = ledger.heldBytes();
        assertFault(
                ErrorCode.LIMIT_CPU,
                () -> call("bundle", huge),
                "vsa.bundle",
                "allowed are 100 ms",
                "cpuMillis");
        assertEquals(held, ledger.heldBytes());
    }

    @Test
    void manySmallBundlesOfOneCallAddUp() throws Exception {
        long a = vector("random", 1L);
        List<WeightedVector> parts = Collections.nCopies(10_000, pair(a, 1));
        assertFault(
                ErrorCode.LIMIT_CPU,
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        call("release", vector("bundle", parts));
                    }
                });
        Guests.begin(guest, Limits.DEFAULT);
        vector("bundle", parts);
    }

    @Test
    void theEstimateOfABundleGrowsWithElementsPartsAndDigits() {
        Weighted one = new Weighted(space.random(1), 1);
        Weighted large = new Weighted(space.random(1), Integer.MIN_VALUE);
        assertEquals(0, GuestVsa.bundleNanos(10_000, List.of()));
        assertEquals(157 * 2 * 3, GuestVsa.bundleNanos(10_000, List.of(one)));
        assertEquals(157 * 33 * 3, GuestVsa.bundleNanos(10_000, List.of(large)));
        long most = GuestVsa.bundleNanos(1_000_000, Collections.nCopies(1_000_000, large));
        assertEquals(15_625L * 33 * 3 * 1_000_000, most);
    }

    private void assertTraps(String function, Object... arguments) {
        assertFault(ErrorCode.GUEST_TRAP, () -> call(function, arguments), "hypervector 99");
    }

    private void assertFull(String function, Object... arguments) {
        long before = ledger.heldBytes();
        assertFault(ErrorCode.LIMIT_MEMORY, () -> call(function, arguments));
        assertEquals(before, ledger.heldBytes(), function);
    }

    private @Nullable Object call(String function, Object... arguments) throws HostFailure {
        guest.calls(engineGuest);
        HostMethod method = ModuleOf.importOf("vsa", function).method();
        return method.call(new GuestVsa(guest), guest.hostCall(1), arguments);
    }

    private long vector(String function, Object... arguments) throws HostFailure {
        long handle = (Long) Objects.requireNonNull(call(function, arguments));
        assertTrue(handle > 0);
        return handle;
    }

    private byte[] read(long handle) throws HostFailure {
        return (byte[]) Objects.requireNonNull(call("read", handle));
    }

    private static WeightedVector pair(long handle, int weight) {
        return new WeightedVector(handle, weight);
    }
}
