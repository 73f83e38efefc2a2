package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType.Primitive;

/** A {@code u32} that stands for an object of the host. */
final class HandleCodec extends Codec {
    private static final long HOST_BYTES = 32;
    private static final long U32 = 0xFFFF_FFFFL;

    private final Class<?> javaClass;

    HandleCodec(Class<?> javaClass) {
        super(Layout.of(Primitive.U32), HOST_BYTES);
        this.javaClass = javaClass;
    }

    @Override
    Object load(LiftCall call, int address) {
        return call.handles.lift(call.memory.getInt(address) & U32);
    }

    @Override
    void store(LowerCall call, int address, Object value) {
        call.memory.putInt(address, lower(call, value));
    }

    @Override
    Object liftFlat(LiftCall call, long[] core, int at) {
        return call.handles.lift(core[at] & U32);
    }

    @Override
    void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        core[at] = lower(call, value);
    }

    private int lower(LowerCall call, Object value) {
        if (!javaClass.isInstance(value)) {
            throw AbiFault.unfit("handle", javaClass.getName(), value);
        }
        return (int) call.handles.lower(value);
    }
}
