package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitType.Primitive;
import java.util.List;

/**
 * Moves values of one type. A tree of codecs is built once per function; it knows all sizes and
 * offsets.
 *
 * <p>Who calls {@link #load} or {@link #store} has made sure that the value's range is aligned and
 * within memory.
 */
abstract class Codec {
    final int size;
    final int alignment;
    final int flatCount;

    /**
     * What a lifted value takes on the host, without what its strings and lists hold. An estimate
     * from above.
     */
    final long hostBytes;

    Codec(Layout layout, long hostBytes) {
        this.size = layout.size();
        this.alignment = layout.alignment();
        this.flatCount = layout.flat().size();
        this.hostBytes = hostBytes;
    }

    /**
     * @param java what the values are in Java
     * @throws BindingException where that is not what WIT says
     */
    static Codec of(WitType type, JavaType java) {
        if (type instanceof Primitive primitive) {
            return ofPrimitive(primitive, java);
        }
        if (type instanceof WitType.Product product) {
            return ProductCodec.of(product, java);
        }
        if (type instanceof WitType.EnumType labels) {
            return new EnumCodec(labels, java);
        }
        if (type instanceof WitType.Sum sum) {
            return SumCodec.of(sum, java);
        }
        return ofList((WitType.ListType) type, java);
    }

    private static Codec ofPrimitive(Primitive type, JavaType java) {
        if (type == Primitive.U32 && java.isHandle()) {
            return new HandleCodec(java.rawClass(type, "a handle"));
        }
        if (type == Primitive.STRING) {
            require(type, java, String.class);
            return new StringCodec();
        }
        return new ScalarCodec(type, java);
    }

    private static Codec ofList(WitType.ListType list, JavaType java) {
        if (list.element() == Primitive.U8 || list.element() == Primitive.S8) {
            require(list, java, byte[].class);
            return new BytesCodec(list);
        }
        if (list.element() == Primitive.F32) {
            require(list, java, float[].class);
            return new FloatsCodec(list);
        }
        if (list.element() == Primitive.F64) {
            require(list, java, double[].class);
            return new DoublesCodec(list);
        }
        return new ListCodec(list, java.argument(List.class, list));
    }

    private static void require(WitType type, JavaType java, Class<?> expected) {
        if (!java.isAny() && !java.is(expected)) {
            throw java.differs(type, expected.getSimpleName());
        }
    }

    abstract Object load(LiftCall call, int address);

    abstract void store(LowerCall call, int address, Object value);

    /** Lifts from {@code core[at]} and the {@link #flatCount} - 1 values after it. */
    abstract Object liftFlat(LiftCall call, long[] core, int at);

    /** Lowers to {@code core[at]} and those after it, which are still zero. */
    abstract void lowerFlat(LowerCall call, long[] core, int at, Object value);
}
