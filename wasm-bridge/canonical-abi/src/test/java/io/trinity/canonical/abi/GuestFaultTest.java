package io.trinity.canonical.abi;

import static io.trinity.canonical.abi.TestFunctions.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each thing that a guest can get wrong. */
class GuestFaultTest {
    private final TestGuest guest = new TestGuest(128);

    private GuestAbiException refused(String signature, long... core) {
        ImportCodec codec =
                ImportCodec.of(function(signature, "enum e { x, y }", "variant v { a, b(u64) }"));
        return assertThrows(GuestAbiException.class, () -> codec.liftArguments(guest, core));
    }

    @ParameterizedTest
    @CsvSource({
        "string, 127, 2",
        "string, 129, 0",
        "string, -1, 1",
        "string, 0, 129",
        "list<u8>, 1, 128",
        "list<u8>, -1, 0",
        "list<u16>, 126, 2",
        "list<f32>, 0, 33",
        "list<f64>, 120, 2",
        "list<u64>, 0, 17",
        "list<string>, 4, 16",
        "list<tuple<u8; u64>>, 0, 9",
        "list<bool>, 0, 129"
    })
    void aRangeBeyondMemoryIsRefused(String type, int address, int count) {
        GuestAbiException e = refused("(arg: " + type.replace(';', ',') + ")", address, count);
        assertTrue(
                e.getMessage().contains("is not within the memory of 128 bytes"), e.getMessage());
        assertTrue(
                e.getMessage().contains("at address " + Integer.toUnsignedString(address)),
                e.getMessage());
        assertEquals("arg", e.path());
        assertEquals("test.f", e.function());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"string", "list<u8>", "list<u32>", "list<f32>", "list<f64>", "list<string>"})
    void aRangeThatEndsWithTheMemoryIsFine(String type) {
        int size =
                Layout.of(
                                ((io.trinity.canonical.abi.wit.WitType.ListType)
                                                TestFunctions.type("list<" + type + ">"))
                                        .element())
                        .size();
        ImportCodec codec = ImportCodec.of(function("(arg: " + type + ")"));
        codec.liftArguments(guest, new long[] {128, 0});
        codec.liftArguments(guest, new long[] {128 - size, 1});
    }

    @ParameterizedTest
    @CsvSource({
        "list<u16>, 1",
        "list<f32>, 2",
        "list<f64>, 4",
        "list<u64>, 4",
        "list<string>, 2",
        "list<char>, 1"
    })
    void anUnalignedListIsRefusedEvenIfEmpty(String type, int address) {
        GuestAbiException e = refused("(arg: " + type + ")", address, 0);
        assertTrue(
                e.getMessage().contains("at address " + address + " is not aligned to"),
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "string, 268435456",
        "list<u8>, -1",
        "list<f64>, 33554432",
        "list<u64>, -1",
        "list<string>, 536870912"
    })
    void moreThanTwoToThe28BytesAreRefusedEvenIfTheMemoryHasThem(String type, int count) {
        ImportCodec codec =
                ImportCodec.of(function("(arg: " + type + ")"), new LiftBudget(Long.MAX_VALUE));
        GuestAbiException e =
                assertThrows(
                        GuestAbiException.class,
                        () -> codec.liftArguments(new VastMemory(), new long[] {0, count}));
        assertTrue(e.getMessage().contains("the canonical ABI allows"), e.getMessage());
    }

    @Test
    void addressesAboveTwoGigabytesAreUnsigned() {
        ImportCodec codec = ImportCodec.of(function("(arg: list<u64>)"));
        assertEquals(
                List.of(List.of(7L, 7L)),
                List.of(codec.liftArguments(new VastMemory(), new long[] {-16, 2})));
        GuestAbiException e =
                assertThrows(
                        GuestAbiException.class,
                        () -> codec.liftArguments(new VastMemory(), new long[] {-16, 3}));
        assertTrue(e.getMessage().contains("24 bytes at address 4294967280"), e.getMessage());
    }

    @Test
    void thePathLeadsToTheField() {
        guest.putInt(64 + 8, 16);
        guest.putInt(64 + 12, 1);
        guest.putInt(16, 200);
        guest.putInt(20, 1);
        GuestAbiException e =
                refused("(first: u8, second: list<tuple<u32, list<string>>>)", 0, 68 - 12, 2);
        assertEquals("second[1].1[0]", e.path());
        assertEquals(
                "test.f: second[1].1[0]: string of 1 bytes at address 200 is not within the memory"
                        + " of 128 bytes",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80", "C0 80", "ED A0 80", "F4 90 80 80", "E2 82", "61 FF", "EF BF BD C3"})
    void textThatIsNotUtf8IsRefused(String hex) {
        byte[] bytes = bytes(hex);
        guest.write(0, bytes, 0, bytes.length);
        GuestAbiException e = refused("(arg: string)", 0, bytes.length);
        assertTrue(e.getMessage().contains("is not UTF-8"), e.getMessage());
    }

    @Test
    void aReplacementCharacterOfTheGuestsOwnIsText() {
        guest.write(0, bytes("61 EF BF BD"), 0, 4);
        assertEquals(
                List.of("a\uFFFD"),
                List.of(
                        ImportCodec.of(function("(arg: string)"))
                                .liftArguments(guest, new long[] {0, 4})));
    }

    private static byte[] bytes(String hex) {
        return java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xD800, 0xDFFF, 0x110000, -1})
    void aCharThatIsNoScalarValueIsRefusedInMemoryAndFlat(int bits) {
        assertTrue(refused("(arg: char)", bits).getMessage().contains("no Unicode scalar value"));
        guest.putInt(8, bits);
        assertEquals("arg[0]", refused("(arg: list<char>)", 8, 1).path());
    }

    @Test
    void aTagThatNoCaseHasIsRefusedInMemoryAndFlat() {
        assertTrue(refused("(arg: e)", 2).getMessage().contains("e has 2 cases, none is 2"));
        assertTrue(refused("(arg: e)", -1).getMessage().contains("none is 4294967295"));
        refused("(arg: v)", 2, 0);
        refused("(arg: option<u8>)", 2, 0);
        refused("(arg: result)", 256);
        guest.putByte(0, (byte) 0xFF);
        refused("(arg: list<e>)", 0, 1);
        refused("(arg: list<v>)", 0, 1);
        refused("(arg: list<option<u8>>)", 0, 1);
    }

    @Test
    void parametersInMemoryAreCheckedLikeEverythingElse() {
        String wide =
                "(arg: tuple<u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64>,"
                        + " b: u8, c: u8, d: u8)";
        assertTrue(
                refused(wide, 16).getMessage().contains("120 bytes at address 16 is not within"));
        assertTrue(refused(wide, 4).getMessage().contains("is not aligned"));
        assertEquals(4, ImportCodec.of(function(wide)).liftArguments(guest, new long[] {8}).length);
    }

    @ParameterizedTest
    @CsvSource({
        "124, is not within",
        "128, is not within",
        "-4, is not within",
        "2, is not aligned"
    })
    void aBadReturnAreaOfAnImportIsRefusedBeforeAndAfterTheCall(int area, String problem) {
        GuestAbiException before = refused("(a: u8) -> string", 1, area);
        assertTrue(before.getMessage().contains(problem), before.getMessage());
        ImportCodec codec = ImportCodec.of(function("(a: u8) -> string"));
        GuestAbiException after =
                assertThrows(
                        GuestAbiException.class,
                        () -> codec.lowerResult(guest, guest, new long[] {1, area}, "x"));
        assertTrue(after.getMessage().contains(problem), after.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {124, 128, -4, 2})
    void aBadReturnAreaOfAnExportIsRefused(long area) {
        ExportCodec codec = ExportCodec.of(function("() -> string"));
        assertThrows(GuestAbiException.class, () -> codec.liftResult(guest, area));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 124, 128, -8})
    void nonsenseFromReallocIsRefused(int address) {
        ExportCodec codec = ExportCodec.of(function("(arg: list<string>)"));
        GuestAbiException e =
                assertThrows(
                        GuestAbiException.class,
                        () -> codec.lowerArguments(guest, (a, b, c, d) -> address, List.of("x")));
        assertTrue(e.getMessage().contains("cabi_realloc"), e.getMessage());
        assertEquals("arg", e.path());
    }

    @Test
    void reallocIsAskedForTheExactSizeAndAlignment() {
        ExportCodec codec = ExportCodec.of(function("(arg: list<u64>)"));
        codec.lowerArguments(
                guest,
                (oldPointer, oldSize, alignment, newSize) -> {
                    assertEquals(
                            List.of(0, 0, 8, 24), List.of(oldPointer, oldSize, alignment, newSize));
                    return 8;
                },
                List.of(1L, 2L, 3L));
    }

    @Test
    void aTrapInReallocPassesThrough() {
        IllegalStateException trap = new IllegalStateException("trap");
        ExportCodec codec = ExportCodec.of(function("(arg: string)"));
        Realloc trapping =
                (a, b, c, d) -> {
                    throw trap;
                };
        assertSame(
                trap,
                assertThrows(
                        IllegalStateException.class,
                        () -> codec.lowerArguments(guest, trapping, "x")));
    }

    @Test
    void aReturnAreaOverTheArgumentsHarmsNobody() {
        ImportCodec codec = ImportCodec.of(function("(a: string) -> result<string, string>"));
        guest.write(32, bytes("61 62 63"), 0, 3);
        long[] core = {32, 3, 32};
        assertEquals(List.of("abc"), List.of(codec.liftArguments(guest, core)));
        // The allocator hands out the area itself as well: the guest may ruin its own result, and
        // nothing else.
        codec.lowerResult(guest, (a, b, c, d) -> 32, core, ResultValue.ok("0123456789"));
        assertEquals(128, guest.sizeBytes());
    }

    @Test
    void emptyStringsAndListsNeedNoRealloc() {
        ExportCodec codec =
                ExportCodec.of(
                        function("(a: string, b: list<u8>, c: list<u64>, d: option<string>)"));
        Realloc never =
                (a, b, c, d) -> {
                    throw new AssertionError("realloc");
                };
        assertEquals(
                List.of(1L, 0L, 1L, 0L, 8L, 0L, 0L, 0L, 0L),
                java.util.Arrays.stream(
                                codec.lowerArguments(
                                        guest, never, "", new byte[0], List.of(), Optional.empty()))
                        .boxed()
                        .toList());
    }
}
