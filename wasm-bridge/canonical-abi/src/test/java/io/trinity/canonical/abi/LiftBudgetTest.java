package io.trinity.canonical.abi;

import static io.trinity.canonical.abi.TestFunctions.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiftBudgetTest {

    @Test
    void listsThatShareTheSameBytesAreStoppedAtTheBudget() {
        // 64 KiB: 4,096 lists that are each the same 4,096 lists of the same 32 KiB would be half a
        // tebibyte.
        TestGuest guest = new TestGuest(1 << 16);
        for (int i = 0; i < 4096; i++) {
            guest.putInt(i * 8, 0);
            guest.putInt(i * 8 + 4, 4096);
        }
        ImportCodec codec = ImportCodec.of(function("(a: list<list<list<u8>>>)"));
        GuestAbiException e =
                assertThrows(
                        GuestAbiException.class,
                        () -> codec.liftArguments(guest, new long[] {0, 4096}));
        assertTrue(e.getMessage().contains("67108864"), e.getMessage());
        assertTrue(e.path().startsWith("a["), e.path());
    }

    @ParameterizedTest
    @CsvSource({
        "string, 10, 20",
        "list<u8>, 10, 10",
        "list<f32>, 10, 40",
        "list<f64>, 4, 32",
        "list<bool>, 10, 320",
        "list<string>, 2, 128",
        "list<tuple<u8; u8>>, 2, 176",
        "list<option<u8>>, 2, 112"
    })
    void exactlyTheBudgetIsEnoughAndOneByteLessIsNot(String type, int count, long cost) {
        TestGuest guest = new TestGuest(64);
        String signature = "(a: " + type.replace(';', ',') + ")";
        long[] core = {0, count};
        ImportCodec.of(function(signature), new LiftBudget(cost)).liftArguments(guest, core);
        ImportCodec poor = ImportCodec.of(function(signature), new LiftBudget(cost - 1));
        GuestAbiException e =
                assertThrows(GuestAbiException.class, () -> poor.liftArguments(guest, core));
        assertTrue(
                e.getMessage().contains("more than the " + (cost - 1) + " bytes"), e.getMessage());
    }

    @Test
    void theBudgetIsForOneCallAndForAllItsArguments() {
        TestGuest guest = new TestGuest(64);
        ImportCodec codec =
                ImportCodec.of(function("(a: list<u8>, b: list<u8>)"), new LiftBudget(32));
        for (int call = 0; call < 3; call++) {
            codec.liftArguments(guest, new long[] {0, 16, 0, 16});
        }
        GuestAbiException e =
                assertThrows(
                        GuestAbiException.class,
                        () -> codec.liftArguments(guest, new long[] {0, 16, 0, 17}));
        assertEquals("b", e.path());
    }

    @Test
    void resultsHaveABudgetToo() {
        TestGuest guest = new TestGuest(64);
        guest.putInt(4, 11);
        assertThrows(
                GuestAbiException.class,
                () ->
                        ExportCodec.of(function("() -> list<u8>"), new LiftBudget(10))
                                .liftResult(guest, 0));
    }

    @Test
    void aNegativeBudgetIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new LiftBudget(-1));
    }
}
