package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Random functions, and random values for them. */
final class RandomWit {
    private static final List<Primitive> PRIMITIVES = List.of(Primitive.values());

    private final Random random;

    RandomWit(Random random) {
        this.random = random;
    }

    /** A function and values that fit it. */
    record Call(WitFunction function, List<Object> arguments, @Nullable Object result) {}

    Call call() {
        WitFunction function = function();
        List<Object> arguments =
                function.parameters().stream().map(parameter -> value(parameter.type())).toList();
        return new Call(function, arguments, function.result().map(this::value).orElse(null));
    }

    WitFunction function() {
        List<WitFunction.Parameter> parameters =
                some(0, 6, i -> new WitFunction.Parameter("p" + i, type(3)));
        Optional<WitType> result = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(type(3));
        return new WitFunction("random", "f", "", parameters, result);
    }

    private <T> List<T> some(int least, int most, IntFunction<T> item) {
        int count = least + random.nextInt(most - least + 1);
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.apply(i));
        }
        return items;
    }

    WitType type(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(9);
        return switch (kind) {
            case 2, 3 -> new WitType.ListType(type(depth - 1));
            case 4 ->
                    new WitType.RecordType(
                            "r", some(1, 5, i -> new WitType.Field("f" + i, type(depth - 1))));
            case 5 -> new WitType.TupleType(some(1, 4, i -> type(depth - 1)));
            case 6 ->
                    new WitType.VariantType(
                            "v", some(1, 5, i -> new WitType.Case("c" + i, payload(depth - 1))));
            case 7 -> new WitType.OptionType(type(depth - 1));
            case 8 -> new WitType.ResultType(payload(depth - 1), payload(depth - 1));
            default ->
                    random.nextInt(8) == 0
                            ? new WitType.EnumType("e", labels())
                            : PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        };
    }

    private Optional<WitType> payload(int depth) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(type(depth));
    }

    private List<String> labels() {
        int count = random.nextInt(4) == 0 ? 300 : 1 + random.nextInt(5);
        return some(count, count, i -> "l" + i);
    }

    Object value(WitType type) {
        if (type instanceof Primitive primitive) {
            return primitive(primitive);
        }
        if (type instanceof WitType.Product product) {
            return product.fields().stream().map(field -> value(field.type())).toArray();
        }
        if (type instanceof WitType.EnumType labels) {
            return random.nextInt(labels.labels().size());
        }
        if (type instanceof WitType.OptionType option) {
            return random.nextBoolean() ? Optional.empty() : Optional.of(value(option.some()));
        }
        if (type instanceof WitType.ResultType result) {
            boolean failed = random.nextBoolean();
            return new ResultValue(
                    failed, (failed ? result.error() : result.ok()).map(this::value).orElse(null));
        }
        if (type instanceof WitType.VariantType variant) {
            int tag = random.nextInt(variant.cases().size());
            return new VariantValue(
                    tag, variant.cases().get(tag).payload().map(this::value).orElse(null));
        }
        return list(((WitType.ListType) type).element());
    }

    private Object list(WitType element) {
        List<Object> values = some(0, 4, i -> value(element));
        if (element == Primitive.U8 || element == Primitive.S8) {
            byte[] bytes = new byte[values.size()];
            random.nextBytes(bytes);
            return bytes;
        }
        if (element == Primitive.F64) {
            return values.stream().mapToDouble(value -> (Double) value).toArray();
        }
        if (element == Primitive.F32) {
            float[] floats = new float[values.size()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (Float) values.get(i);
            }
            return floats;
        }
        return values;
    }

    private Object primitive(Primitive type) {
        int bits = random.nextInt() >> random.nextInt(32);
        long wide = random.nextLong() >> random.nextInt(64);
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case S8 -> (int) (byte) bits;
            case U8 -> bits & 0xFF;
            case S16 -> (int) (short) bits;
            case U16 -> bits & 0xFFFF;
            case S32 -> bits;
            case U32 -> bits & 0xFFFF_FFFFL;
            case S64, U64 -> wide;
            case F32 -> Float.intBitsToFloat(bits);
            case F64 -> Double.longBitsToDouble(wide);
            case CHAR -> scalarValue();
            case STRING -> {
                StringBuilder text = new StringBuilder();
                some(0, 6, i -> text.appendCodePoint(scalarValue()));
                yield text.toString();
            }
        };
    }

    private int scalarValue() {
        int[] ranges = {0x80, 0x800, 0xD800, 0x2000};
        int range = random.nextInt(5);
        return range == 4
                ? 0xFFFD + random.nextInt(0x110000 - 0xFFFD)
                : random.nextInt(ranges[range]);
    }
}
