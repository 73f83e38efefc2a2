package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitType.Primitive;

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

    static Codec of(WitType type) {
        if (type instanceof Primitive primitive) {
            return primitive == Primitive.STRING ? new StringCodec() : new ScalarCodec(primitive);
        }
        if (type instanceof WitType.Product product) {
            return ProductCodec.of(product);
        }
        if (type instanceof WitType.EnumType labels) {
            return new EnumCodec(labels);
        }
        if (type instanceof WitType.Sum sum) {
            return new SumCodec(sum);
        }
        WitType.ListType list = (WitType.ListType) type;
        if (list.element() == Primitive.U8 || list.element() == Primitive.S8) {
            return new BytesCodec(list);
        }
        if (list.element() == Primitive.F32) {
            return new FloatsCodec(list);
        }
        if (list.element() == Primitive.F64) {
            return new DoublesCodec(list);
        }
        return new ListCodec(list);
    }

    abstract Object load(LiftCall call, int address);

    abstract void store(LowerCall call, int address, Object value);

    /** Lifts from {@code core[at]} and the {@link #flatCount} - 1 values after it. */
    abstract Object liftFlat(LiftCall call, long[] core, int at);

    /** Lowers to {@code core[at]} and those after it, which are still zero. */
    abstract void lowerFlat(LowerCall call, long[] core, int at, Object value);
}
