package io.trinity.canonical.abi;

import static io.trinity.canonical.abi.CoreType.F32;
import static io.trinity.canonical.abi.CoreType.F64;
import static io.trinity.canonical.abi.CoreType.I32;
import static io.trinity.canonical.abi.CoreType.I64;
import static io.trinity.canonical.abi.TestFunctions.function;
import static io.trinity.canonical.abi.TestFunctions.type;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.canonical.abi.wit.WitType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayoutTest {

    @Test
    void joinedFlatTypesFollowTheCanonicalAbi() {
        assertEquals(List.of(I32, I32), flat("result<f32, u32>"));
        assertEquals(List.of(I32, F32), flat("result<f32, f32>"));
        assertEquals(List.of(I32, I64), flat("result<f32, u64>"));
        assertEquals(List.of(I32, I64), flat("result<f32, f64>"));
        assertEquals(List.of(I32, I64), flat("result<f64, u64>"));
        assertEquals(List.of(I32, I64), flat("result<u8, f64>"));
        assertEquals(List.of(I32, F64), flat("option<f64>"));
        assertEquals(List.of(I32, I64, I32), flat("result<string, f64>"));
        assertEquals(List.of(I32), flat("result"));
    }

    private static List<CoreType> flat(String type) {
        return Layout.of(type(type)).flat();
    }

    @Test
    void aTagIsTheSmallestIntegerWithRoomForAllCases() {
        assertEquals(1, Layout.of(cases(1)).size());
        assertEquals(1, Layout.of(cases(256)).size());
        assertEquals(2, Layout.of(cases(257)).size());
        assertEquals(2, Layout.of(cases(65_536)).size());
        assertEquals(4, Layout.of(cases(65_537)).size());
    }

    private static WitType cases(int count) {
        return new WitType.EnumType("e", IntStream.range(0, count).mapToObj(i -> "l" + i).toList());
    }

    @Test
    void theResultsNamedBelowTheTableHaveTheirSizes() {
        assertEquals("12/4", sizes("result<list<string>, string>"));
        assertEquals("12/4", sizes("result<_, string>"));
        assertEquals("8/4", sizes("result<u32, failure>"));
        assertEquals("12/4", sizes("option<string>"));
        assertEquals("16/4", sizes("result<option<list<u8>>, string>"));
        assertEquals("2/1", sizes("result<_, failure>"));
    }

    private static String sizes(String type) {
        Layout layout = Layout.of(type(type, "enum failure { denied, invalid }"));
        return layout.size() + "/" + layout.alignment();
    }

    @Test
    void sixteenFlatParametersArePassedAsTheyAreAndSeventeenInMemory() {
        String fifteen =
                "a: tuple<u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64, u64,"
                        + " u64>";
        assertEquals(
                16, CoreSignature.ofImport(function("(" + fifteen + ", b: f32)")).params().size());
        assertEquals(
                new CoreSignature(List.of(I32, I32), List.of(), 8, 4),
                CoreSignature.ofImport(function("(" + fifteen + ", b: string) -> string")));
        assertEquals(
                new CoreSignature(List.of(I32), List.of(I32), 8, 4),
                CoreSignature.ofExport(function("(" + fifteen + ", b: string) -> string")));
    }

    @Test
    void aTupleOfOneIsReturnedFlat() {
        assertEquals(
                new CoreSignature(List.of(), List.of(F64), 0, 1),
                CoreSignature.ofExport(function("() -> tuple<f64>")));
    }
}
