package io.trinity.canonical.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.canonical.abi.wit.WitFunction;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values as Java records, enums, sealed interfaces and handles. */
public class BindingTest {
    private static final String[] TYPES = {
        "record point { x-axis: u16, y: s32 }",
        "enum colour { dark-red, blue }",
        "variant shape { circle(f64), corner(point), cut(point), none }",
        "record scene { all: list<shape>, colour: colour, tag: option<string>, at: tuple<u32, u8> }"
    };

    public record Point(int y, int xAxis) {
        public Point {
            if (xAxis == 13) {
                throw new IllegalArgumentException("13 is no place");
            }
        }
    }

    public enum Colour {
        BLUE,
        DARK_RED
    }

    public record Pair(long first, int second) {}

    public sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Corner(Point where) implements Shape {}

        /** With the fields of its payload. */
        record Cut(int xAxis, int y) implements Shape {}

        record None() implements Shape {}
    }

    public record Scene(List<Shape> all, Colour colour, Optional<String> tag, Pair at) {}

    /** What stands for a handle. */
    public record Thing(String name) {}

    /** Java functions, by their parameters and results. */
    public interface Functions {
        Scene scene(Scene a);

        Thing thing(List<Thing> a);

        Point point(Point a);

        byte[] bytes(byte[] a);

        void nothing(Point b);

        int narrow(int a);

        Point other(Private a);

        Twice twice(Twice a);
    }

    record Private(int y, int xAxis) {}

    public record Twice(int y, int xAxis, int z) {}

    private final TestGuest guest = new TestGuest(16);
    private final List<Object> things = new ArrayList<>();
    private final Handles handles =
            new Handles() {
                @Override
                public long lower(Object value) {
                    things.add(value);
                    return things.size();
                }

                @Override
                public Object lift(long handle) {
                    return things.get((int) handle - 1);
                }
            };

    private static JavaFunction java(String name) {
        Method m =
                Arrays.stream(Functions.class.getMethods())
                        .filter(each -> each.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        return new JavaFunction(
                Arrays.stream(m.getParameters())
                        .map(p -> new JavaFunction.Parameter(p.getName(), p.getParameterizedType()))
                        .toList(),
                m.getGenericReturnType(),
                void.class,
                Set.of(Thing.class));
    }

    private static WitFunction wit(String signature) {
        return TestFunctions.function(signature, TYPES);
    }

    /** What the guest sees of an argument, without any Java type. */
    private Object lowered(WitFunction function, ExportCodec codec, Object argument) {
        long[] core = codec.lowerArguments(guest, guest, handles, new Object[] {argument});
        ImportCodec plain = ImportCodec.of(function);
        if (plain.signature().hasReturnArea()) {
            core = Arrays.copyOf(core, core.length + 1);
            core[core.length - 1] =
                    guest.area(
                            plain.signature().returnAreaSize(),
                            plain.signature().returnAreaAlign());
        }
        return plain.liftArguments(guest, core)[0];
    }

    /** What Java sees of a result that the guest gave without any Java type. */
    private Object lifted(WitFunction function, ExportCodec codec, Object result) {
        ImportCodec plain = ImportCodec.of(function);
        CoreSignature s = plain.signature();
        long[] core = new long[s.params().size()];
        if (s.hasReturnArea()) {
            core[core.length - 1] = guest.area(s.returnAreaSize(), s.returnAreaAlign());
        }
        long returned = plain.lowerResult(guest, guest, core, result);
        return codec.liftResult(
                guest, handles, s.hasReturnArea() ? core[core.length - 1] : returned);
    }

    @Test
    void recordsEnumsAndVariantsAreFoundByTheirNamesWhateverTheirOrder() {
        WitFunction f = wit("(a: scene) -> scene");
        ExportCodec codec = ExportCodec.of(f, java("scene"));
        Scene scene =
                new Scene(
                        List.of(
                                new Shape.Circle(0.5),
                                new Shape.Corner(new Point(-2, 1)),
                                new Shape.Cut(3, 4),
                                new Shape.None()),
                        Colour.DARK_RED,
                        Optional.of("t"),
                        new Pair(4_000_000_000L, 255));
        Object[] plain = {
            List.of(
                    new VariantValue(0, 0.5),
                    new VariantValue(1, new Object[] {1, -2}),
                    new VariantValue(2, new Object[] {3, 4}),
                    new VariantValue(3, null)),
            0,
            Optional.of("t"),
            new Object[] {4_000_000_000L, 255}
        };
        assertEquals(Plain.of(plain), Plain.of(lowered(f, codec, scene)));
        assertEquals(scene, lifted(f, codec, plain));
    }

    @Test
    void aHandleStandsForWhatTheHostHasOfThatNumber() {
        WitFunction f = wit("(a: list<u32>) -> u32");
        ExportCodec codec = ExportCodec.of(f, java("thing"));
        Thing one = new Thing("one");
        Thing two = new Thing("two");
        assertEquals(List.of(1L, 2L), lowered(f, codec, List.of(one, two)));
        assertEquals(two, lifted(f, codec, 2L));
    }

    @Test
    void whatARecordRefusesIsNoBrokenAbi() {
        WitFunction f = wit("(a: point) -> point");
        ExportCodec codec = ExportCodec.of(f, java("point"));
        InvalidValueException e =
                assertThrows(
                        InvalidValueException.class, () -> lifted(f, codec, new Object[] {13, 0}));
        assertEquals("13 is no place", e.problem());
        assertEquals("test.f: 13 is no place", e.getMessage());
    }

    @Test
    void aValueOfAnotherClassIsABugOfTheHost() {
        ExportCodec codec = ExportCodec.of(wit("(a: point) -> point"), java("point"));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                codec.lowerArguments(
                                        guest, guest, handles, new Object[] {"no point"}));
        assertEquals(
                "test.f: a: point takes io.trinity.canonical.abi.BindingTest$Point, not"
                        + " java.lang.String",
                e.getMessage());
    }

    @Test
    void theFirstDifferenceIsASentence() {
        String point = "io.trinity.canonical.abi.BindingTest$";
        assertDiffers(
                "(a: s64) -> s32",
                "narrow",
                "test.f: a is s64 in WIT, for which Java has long, not int");
        assertDiffers(
                "(a: list<u8>) -> string",
                "bytes",
                "test.f: the result is string in WIT, for which Java has String, not byte[]");
        assertDiffers("(a: point)", "nothing", "test.f: parameter 1 is a in WIT, and b in Java");
        assertDiffers(
                "(b: point) -> point",
                "nothing",
                "test.f: the result is a value in WIT, and void in Java");
        assertDiffers(
                "(a: point, b: u8) -> point",
                "point",
                "test.f: parameter 2 is b in WIT, and none in Java");
        assertDiffers(
                "(a: point) -> point",
                "other",
                "test.f: a: point is a record in WIT, and " + point + "Private is not public");
        assertDiffers(
                "(a: point) -> point",
                "twice",
                "test.f: a: "
                        + point
                        + "Twice has the component z, and point has no such field in WIT");
        assertDiffers(
                "(a: list<point>) -> point",
                "point",
                "test.f: a is list<point> in WIT, for which Java has List, not " + point + "Point");
        assertDiffers(
                "(a: colour) -> colour",
                "point",
                "test.f: a is colour in WIT, for which Java has an enum, not " + point + "Point");
        assertDiffers(
                "(a: shape) -> shape",
                "point",
                "test.f: a is shape in WIT, for which Java has a sealed interface, not "
                        + point
                        + "Point");
    }

    private static void assertDiffers(String signature, String function, String sentence) {
        BindingException e =
                assertThrows(
                        BindingException.class,
                        () -> ExportCodec.of(wit(signature), java(function)));
        assertEquals(sentence, e.getMessage());
    }

    @Test
    void casesThatAreMissingOnEitherSideAreTold() {
        WitFunction more =
                TestFunctions.function(
                        "(a: scene) -> scene",
                        TYPES[0],
                        TYPES[1],
                        TYPES[2].replace("none }", "none, arc }"),
                        TYPES[3]);
        BindingException e =
                assertThrows(BindingException.class, () -> ExportCodec.of(more, java("scene")));
        assertEquals(
                "test.f: a.all: variant shape has the case arc in WIT, and"
                        + " io.trinity.canonical.abi.BindingTest$Shape has no record Arc",
                e.getMessage());
        WitFunction fewer =
                TestFunctions.function(
                        "(a: scene) -> scene",
                        TYPES[0],
                        TYPES[1],
                        TYPES[2].replace(", none }", " }"),
                        TYPES[3]);
        e = assertThrows(BindingException.class, () -> ExportCodec.of(fewer, java("scene")));
        assertEquals(
                "test.f: a.all: io.trinity.canonical.abi.BindingTest$Shape$None is a case in Java,"
                        + " and variant shape has none of that name in WIT",
                e.getMessage());
    }
}
