package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;

/** list&lt;u8&gt; and list&lt;s8&gt; as one array, copied once each way. */
final class BytesCodec extends SequenceCodec {

    BytesCodec(WitType.ListType type) {
        super(type, 1, 1, 1);
    }

    @Override
    Object read(LiftCall call, int address, int count) {
        return call.read(address, count);
    }

    @Override
    Object content(Object value) {
        if (!(value instanceof byte[])) {
            throw AbiFault.unfit(type, "byte[]", value);
        }
        return value;
    }

    @Override
    int count(Object content) {
        return ((byte[]) content).length;
    }

    @Override
    void write(LowerCall call, int address, Object content) {
        byte[] bytes = (byte[]) content;
        call.memory.write(address, bytes, 0, bytes.length);
    }
}
