package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * list&lt;f32&gt; as one array, by way of its bytes: one access to the memory, not one per element.
 */
final class FloatsCodec extends SequenceCodec {
    private static final VarHandle BITS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    FloatsCodec(WitType.ListType type) {
        super(type, Float.BYTES, Float.BYTES, Float.BYTES);
    }

    @Override
    Object read(LiftCall call, int address, int count) {
        byte[] bytes = call.read(address, count * Float.BYTES);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] =
                    Floats.canonical(Float.intBitsToFloat((int) BITS.get(bytes, i * Float.BYTES)));
        }
        return values;
    }

    @Override
    Object content(Object value) {
        if (!(value instanceof float[])) {
            throw AbiFault.unfit(type, "float[]", value);
        }
        return value;
    }

    @Override
    int count(Object content) {
        return ((float[]) content).length;
    }

    @Override
    void write(LowerCall call, int address, Object content) {
        float[] values = (float[]) content;
        byte[] bytes = new byte[values.length * Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            BITS.set(bytes, i * Float.BYTES, Float.floatToIntBits(values[i]));
        }
        call.memory.write(address, bytes, 0, bytes.length);
    }
}
