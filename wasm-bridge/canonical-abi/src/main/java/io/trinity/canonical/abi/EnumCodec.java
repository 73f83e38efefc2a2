package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;

/** An enum by its ordinal. */
final class EnumCodec extends Codec {
    private static final long HOST_BYTES = 16;

    private final WitType.EnumType type;
    private final Tag tag;

    EnumCodec(WitType.EnumType type) {
        super(Layout.of(type), HOST_BYTES);
        this.type = type;
        this.tag = new Tag(type);
    }

    @Override
    Object load(LiftCall call, int address) {
        return tag.load(call, address);
    }

    @Override
    void store(LowerCall call, int address, Object value) {
        tag.store(call, address, ordinal(value));
    }

    @Override
    Object liftFlat(LiftCall call, long[] core, int at) {
        return tag.lift((int) core[at]);
    }

    @Override
    void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        core[at] = ordinal(value);
    }

    private int ordinal(Object value) {
        if (!(value instanceof Integer ordinal)) {
            throw AbiFault.unfit(type, "Integer", value);
        }
        return tag.lower(ordinal);
    }
}
