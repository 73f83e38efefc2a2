package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * list&lt;f64&gt; as one array, by way of its bytes: one access to the memory, not one per element.
 */
final class DoublesCodec extends SequenceCodec {
    private static final VarHandle BITS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    DoublesCodec(WitType.ListType type) {
        super(type, Double.BYTES, Double.BYTES, Double.BYTES);
    }

    @Override
    Object read(LiftCall call, int address, int count) {
        byte[] bytes = call.read(address, count * Double.BYTES);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] =
                    Floats.canonical(
                            Double.longBitsToDouble((long) BITS.get(bytes, i * Double.BYTES)));
        }
        return values;
    }

    @Override
    Object content(Object value) {
        if (!(value instanceof double[])) {
            throw AbiFault.unfit(type, "double[]", value);
        }
        return value;
    }

    @Override
    int count(Object content) {
        return ((double[]) content).length;
    }

    @Override
    void write(LowerCall call, int address, Object content) {
        double[] values = (double[]) content;
        byte[] bytes = new byte[values.length * Double.BYTES];
        for (int i = 0; i < values.length; i++) {
            BITS.set(bytes, i * Double.BYTES, Double.doubleToLongBits(values[i]));
        }
        call.memory.write(address, bytes, 0, bytes.length);
    }
}
