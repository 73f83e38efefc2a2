package io.trinity.canonical.abi;

import static io.trinity.canonical.abi.TestFunctions.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.canonical.abi.wit.WitFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java values that do not fit are our own mistakes, and are told as such. */
class HostValueTest {
    private final TestGuest guest = new TestGuest(128);

    static Stream<Arguments> unfitValues() {
        return Stream.of(
                Arguments.of("bool", 1),
                Arguments.of("u8", 256),
                Arguments.of("u8", -1),
                Arguments.of("s8", 128),
                Arguments.of("s8", -129),
                Arguments.of("u16", 65_536),
                Arguments.of("s16", 32_768),
                Arguments.of("s32", 1L),
                Arguments.of("u32", 1),
                Arguments.of("u32", -1L),
                Arguments.of("u32", 1L << 32),
                Arguments.of("s64", 1),
                Arguments.of("u64", 1),
                Arguments.of("f32", 1d),
                Arguments.of("f64", 1f),
                Arguments.of("char", 0xD800),
                Arguments.of("char", 0x110000),
                Arguments.of("char", 'a'),
                Arguments.of("string", new byte[0]),
                Arguments.of("string", "\uD800"),
                Arguments.of("string", "a\uDC00b"),
                Arguments.of("string", "\uD83D"),
                Arguments.of("list<u8>", List.of()),
                Arguments.of("list<s8>", "x"),
                Arguments.of("list<f32>", new double[0]),
                Arguments.of("list<f64>", new float[0]),
                Arguments.of("list<u32>", new long[0]),
                Arguments.of("tuple<u8, u8>", List.of(1, 1)),
                Arguments.of("tuple<u8, u8>", new Object[] {1}),
                Arguments.of("e", 2),
                Arguments.of("e", -1),
                Arguments.of("e", "x"),
                Arguments.of("v", 0),
                Arguments.of("v", new VariantValue(2, null)),
                Arguments.of("v", new VariantValue(-1, null)),
                Arguments.of("v", new VariantValue(0, 1)),
                Arguments.of("v", new VariantValue(1, null)),
                Arguments.of("option<u8>", 1),
                Arguments.of("option<u8>", Optional.of("x")),
                Arguments.of("result<u8>", ResultValue.ok(null)),
                Arguments.of("result<u8>", ResultValue.error(1)),
                Arguments.of("result<u8>", Optional.empty()));
    }

    private static WitFunction taking(String type) {
        return function(
                "(arg: " + type + ") -> tuple<" + type + ">",
                "enum e { x, y }",
                "variant v { a, b(u64) }");
    }

    @ParameterizedTest
    @MethodSource("unfitValues")
    void aValueThatDoesNotFitIsAnIllegalArgumentWithItsPath(String type, Object value) {
        IllegalArgumentException flat =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ExportCodec.of(taking(type)).lowerArguments(guest, guest, value));
        assertTrue(flat.getMessage().startsWith("test.f: arg"), flat.getMessage());

        IllegalArgumentException inMemory =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                ExportCodec.of(taking("list<tuple<u8, " + type + ">>"))
                                        .lowerArguments(
                                                guest,
                                                guest,
                                                List.of((Object) new Object[] {1, value})));
        assertTrue(inMemory.getMessage().startsWith("test.f: arg[0].1"), inMemory.getMessage());
    }

    @Test
    void nullInsideAValueIsAnIllegalArgument() {
        ExportCodec pair = ExportCodec.of(taking("tuple<u8, string>"));
        @Nullable Object[] half = {1, null};
        IllegalArgumentException field =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> pair.lowerArguments(guest, guest, (Object) half));
        assertEquals("test.f: arg.1: null", field.getMessage());
        ExportCodec list = ExportCodec.of(taking("list<u64>"));
        IllegalArgumentException element =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> list.lowerArguments(guest, guest, Arrays.asList(1L, null)));
        assertEquals("test.f: arg[1]: null", element.getMessage());
    }

    @Test
    void theNumberOfArgumentsMustBeRight() {
        ExportCodec codec = ExportCodec.of(function("(a: u8, b: u8)"));
        assertThrows(IllegalArgumentException.class, () -> codec.lowerArguments(guest, guest, 1));
        assertThrows(
                IllegalArgumentException.class, () -> codec.lowerArguments(guest, guest, 1, 2, 3));
        ImportCodec imported = ImportCodec.of(function("(a: u8, b: u8)"));
        assertThrows(
                IllegalArgumentException.class, () -> imported.liftArguments(guest, new long[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> imported.lowerResult(guest, guest, new long[3], null));
    }

    @Test
    void aResultIsNullExactlyWhereThereIsNone() {
        ImportCodec without = ImportCodec.of(function("()"));
        assertEquals(0, without.lowerResult(guest, guest, new long[0], null));
        assertThrows(
                IllegalArgumentException.class,
                () -> without.lowerResult(guest, guest, new long[0], 1));
        ImportCodec with = ImportCodec.of(function("() -> u8"));
        assertThrows(
                IllegalArgumentException.class,
                () -> with.lowerResult(guest, guest, new long[0], null));
        assertNull(ExportCodec.of(function("()")).liftResult(guest, 5));
    }

    @Test
    void liftedListsCannotBeChanged() {
        Object lifted =
                ImportCodec.of(function("(a: list<u16>)"))
                        .liftArguments(guest, new long[] {0, 2})[0];
        assertEquals(List.of(0, 0), lifted);
        assertThrows(UnsupportedOperationException.class, () -> ((List<?>) lifted).clear());
    }
}
