package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Lists of everything that has no codec of its own for lists. */
final class ListCodec extends SequenceCodec {
    private static final long REFERENCE_BYTES = 8;

    private final Codec element;

    ListCodec(WitType.ListType type, JavaType elements) {
        this(type, Codec.of(type.element(), elements));
    }

    private ListCodec(WitType.ListType type, Codec element) {
        super(type, element.size, element.alignment, REFERENCE_BYTES + element.hostBytes);
        this.element = element;
    }

    @Override
    Object read(LiftCall call, int address, int count) {
        Object[] values = new Object[count];
        int i = 0;
        try {
            for (; i < count; i++) {
                values[i] = element.load(call, address + i * element.size);
            }
        } catch (AbiFault fault) {
            throw fault.inElement(i);
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    Object content(Object value) {
        if (!(value instanceof List)) {
            throw AbiFault.unfit(type, "List", value);
        }
        return value;
    }

    @Override
    int count(Object content) {
        return ((List<?>) content).size();
    }

    @Override
    void write(LowerCall call, int address, Object content) {
        int i = 0;
        try {
            for (Object value : (List<?>) content) {
                if (value == null) {
                    throw AbiFault.ofHost("null");
                }
                element.store(call, address + i * element.size, value);
                i++;
            }
        } catch (AbiFault fault) {
            throw fault.inElement(i);
        }
    }
}
