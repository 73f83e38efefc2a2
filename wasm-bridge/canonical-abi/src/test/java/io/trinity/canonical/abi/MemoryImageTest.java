package io.trinity.canonical.abi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What lies where, byte by byte, written down by hand: round trips alone would not notice two equal
 * mistakes.
 */
class MemoryImageTest {

    @Test
    void aChunkIsSixtyFourBytesInTheOrderOfItsFields() {
        TestGuest guest = new TestGuest(16);
        Object[] chunk = {
            new byte[] {7, -1},
            "text/plain",
            "",
            "s",
            List.of((Object) new Object[] {"a", "ü"}),
            -2L,
            1_000L,
            true
        };
        long[] core =
                ExportCodec.of(TestFunctions.pluginExport("pipeline-stage", "process"))
                        .lowerArguments(guest, guest, List.of((Object) chunk));

        assertEquals(2, core.length);
        assertEquals(1, core[1]);
        int at = (int) core[0];
        assertEquals(0, at % 8);
        assertArrayEquals(new byte[] {7, -1}, bytes(guest, at));
        assertEquals("text/plain", text(guest, at + 8));
        assertEquals(1, guest.getInt(at + 16), "an empty string points to its alignment");
        assertEquals(0, guest.getInt(at + 20));
        assertEquals("s", text(guest, at + 24));
        int pairs = guest.getInt(at + 32);
        assertEquals(1, guest.getInt(at + 36));
        assertEquals("a", text(guest, pairs));
        assertEquals("ü", text(guest, pairs + 8));
        assertEquals(-2L, guest.getLong(at + 40));
        assertEquals(1_000L, guest.getLong(at + 48));
        assertEquals(1, guest.getByte(at + 56));
        assertEquals(7, guest.reallocs, "the array, payload, content type, stream, pairs, a, ü");
    }

    @Test
    void aResultInAnAreaHasItsTagFirst() {
        TestGuest guest = new TestGuest(64);
        ExportCodec get = ExportCodec.of(TestFunctions.pluginExport("storage-backend", "get"));
        guest.putByte(16, (byte) 0);
        guest.putByte(20, (byte) 1);
        guest.putInt(24, 40);
        guest.putInt(28, 3);
        guest.write(40, new byte[] {1, 2, 3}, 0, 3);
        ResultValue found = (ResultValue) get.liftResult(guest, 16);
        assertEquals(Plain.of(ResultValue.ok(Optional.of(new byte[] {1, 2, 3}))), Plain.of(found));

        guest.putByte(20, (byte) 0);
        assertEquals(ResultValue.ok(Optional.empty()), get.liftResult(guest, 16));

        guest.putByte(16, (byte) 1);
        guest.putInt(20, 40);
        guest.putInt(24, 2);
        assertEquals(ResultValue.error("\u0001\u0002"), get.liftResult(guest, 16));
    }

    @Test
    void aVariantsPayloadBeginsWhereTheLargestCaseNeedsIt() {
        TestGuest guest = new TestGuest(16);
        long[] core =
                ExportCodec.of(TestFunctions.pluginExport("hook-on-metrics", "onmetrics"))
                        .lowerArguments(
                                guest,
                                guest,
                                List.of(
                                        (Object)
                                                new Object[] {
                                                    "n", "", List.of(), new VariantValue(1, 2.5)
                                                }));
        int at = (int) core[0];
        assertEquals(1, guest.getByte(at + 24));
        assertEquals(2.5, Double.longBitsToDouble(guest.getLong(at + 32)));
    }

    @Test
    void narrowPayloadsInWideFlatPlacesAreZeroExtended() {
        String variant = "variant v { a(s32), b(f32), c(u64), d(f64) }";
        ExportCodec codec = ExportCodec.of(TestFunctions.function("(v: v)", variant));
        TestGuest guest = new TestGuest(16);
        assertArrayEquals(
                new long[] {0, 0xFFFF_FFFFL},
                codec.lowerArguments(guest, guest, new VariantValue(0, -1)));
        assertArrayEquals(
                new long[] {1, 0xBF80_0000L},
                codec.lowerArguments(guest, guest, new VariantValue(1, -1f)));
        assertArrayEquals(
                new long[] {2, -1L}, codec.lowerArguments(guest, guest, new VariantValue(2, -1L)));
        assertArrayEquals(
                new long[] {3, Double.doubleToLongBits(-1d)},
                codec.lowerArguments(guest, guest, new VariantValue(3, -1d)));
    }

    @Test
    void narrowCoreValuesAreSignExtended() {
        TestGuest guest = new TestGuest(16);
        ExportCodec codec = ExportCodec.of(TestFunctions.function("(a: u32, b: f32, c: u8)"));
        assertArrayEquals(
                new long[] {-1L, (int) 0xBF80_0000, 255},
                codec.lowerArguments(guest, guest, 0xFFFF_FFFFL, -1f, 255));
    }

    @Test
    void everyNanIsTheCanonicalOneBothWays() {
        TestGuest guest = new TestGuest(32);
        float nan32 = Float.intBitsToFloat(0x7FA0_0001);
        double nan64 = Double.longBitsToDouble(0xFFF4_0000_0000_0001L);
        ExportCodec codec = ExportCodec.of(TestFunctions.function("(a: f32, b: f64) -> f64"));
        assertArrayEquals(
                new long[] {0x7FC0_0000, 0x7FF8_0000_0000_0000L},
                codec.lowerArguments(guest, guest, nan32, nan64));
        assertEquals(
                0x7FF8_0000_0000_0000L, rawBits(codec.liftResult(guest, 0xFFF4_0000_0000_0001L)));

        ExportCodec lists = ExportCodec.of(TestFunctions.function("(a: list<f64>) -> list<f64>"));
        int at = (int) lists.lowerArguments(guest, guest, (Object) new double[] {nan64})[0];
        assertEquals(0x7FF8_0000_0000_0000L, guest.getLong(at));
        guest.putLong(at, 0xFFF4_0000_0000_0001L);
        guest.putInt(0, at);
        guest.putInt(4, 1);
        double[] lifted = (double[]) lists.liftResult(guest, 0);
        assertEquals(0x7FF8_0000_0000_0000L, rawBits(lifted == null ? null : lifted[0]));
    }

    private static long rawBits(Object value) {
        return Double.doubleToRawLongBits((Double) value);
    }

    @Test
    void anyBoolButZeroIsTrueAndHighBitsOfNarrowIntegersAreIgnored() {
        TestGuest guest = new TestGuest(16);
        ImportCodec codec =
                ImportCodec.of(
                        TestFunctions.function("(a: bool, b: bool, c: u8, d: s8, e: u16, f: s16)"));
        assertEquals(
                List.of(true, false, 0x80, -0x80, 0x8000, -0x8000),
                List.of(
                        codec.liftArguments(
                                guest, new long[] {256, 0, 0x180, 0x180, 0x18000, 0x18000})));
    }

    @Test
    void theTopTagOfEachWidthIsNotNegative() {
        for (int count : new int[] {256, 65_536}) {
            WitType labels =
                    new WitType.EnumType(
                            "e", IntStream.range(0, count).mapToObj(i -> "l" + i).toList());
            WitFunction function =
                    new WitFunction(
                            "test",
                            "f",
                            "",
                            List.of(new WitFunction.Parameter("a", new WitType.ListType(labels))),
                            Optional.empty());
            TestGuest guest = new TestGuest(16);
            long[] core = ExportCodec.of(function).lowerArguments(guest, guest, List.of(count - 1));
            assertEquals(
                    -1,
                    count == 256 ? guest.getByte((int) core[0]) : guest.getShort((int) core[0]));
            assertEquals(
                    List.of(List.of(count - 1)),
                    List.of(ImportCodec.of(function).liftArguments(guest, core)));
        }
    }

    @Test
    void whatWasLiftedDoesNotChangeWithTheMemory() {
        TestGuest guest = new TestGuest(32);
        ImportCodec codec = ImportCodec.of(TestFunctions.function("(a: list<u8>, b: string)"));
        guest.write(8, "hi".getBytes(UTF_8), 0, 2);
        Object[] lifted = codec.liftArguments(guest, new long[] {8, 2, 8, 2});
        guest.write(8, "no".getBytes(UTF_8), 0, 2);
        assertArrayEquals("hi".getBytes(UTF_8), (byte[]) lifted[0]);
        assertEquals("hi", lifted[1]);
    }

    private static byte[] bytes(TestGuest guest, int at) {
        return guest.read(guest.getInt(at), guest.getInt(at + 4));
    }

    private static String text(TestGuest guest, int at) {
        return new String(bytes(guest, at), UTF_8);
    }
}
