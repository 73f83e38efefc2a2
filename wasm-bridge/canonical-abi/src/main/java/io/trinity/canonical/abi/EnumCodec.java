package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.util.ArrayList;
import java.util.List;

/** An enum by its ordinal, or by the constant of a Java enum that has its name. */
final class EnumCodec extends Codec {
    private static final long HOST_BYTES = 16;

    private final WitType.EnumType type;
    private final Tag tag;
    private final List<?> constants;

    EnumCodec(WitType.EnumType type, JavaType java) {
        super(Layout.of(type), HOST_BYTES);
        this.type = type;
        this.tag = new Tag(type);
        this.constants = java.isAny() ? List.of() : constants(type, java);
    }

    /** In the order of WIT. */
    private static List<?> constants(WitType.EnumType type, JavaType java) {
        Class<?> javaEnum = java.rawClass(type, "an enum");
        if (!javaEnum.isEnum()) {
            throw java.differs(type, "an enum");
        }
        List<Enum<?>> all = new ArrayList<>();
        for (Object constant : javaEnum.getEnumConstants()) {
            all.add((Enum<?>) constant);
        }
        List<Enum<?>> ordered = new ArrayList<>();
        for (String label : type.labels()) {
            ordered.add(
                    all.stream()
                            .filter(c -> c.name().equals(Names.constant(label)))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            java.lacks(
                                                    "enum %s has %s in WIT".formatted(type, label),
                                                    "%s has no %s"
                                                            .formatted(
                                                                    javaEnum.getName(),
                                                                    Names.constant(label)))));
        }
        all.removeAll(ordered);
        if (!all.isEmpty()) {
            throw java.lacks(
                    "%s has %s".formatted(javaEnum.getName(), all.get(0)),
                    "enum %s has no such label in WIT".formatted(type));
        }
        return List.copyOf(ordered);
    }

    private Object value(int number) {
        return constants.isEmpty() ? (Object) number : constants.get(number);
    }

    @Override
    Object load(LiftCall call, int address) {
        return value(tag.load(call, address));
    }

    @Override
    void store(LowerCall call, int address, Object value) {
        tag.store(call, address, ordinal(value));
    }

    @Override
    Object liftFlat(LiftCall call, long[] core, int at) {
        return value(tag.lift((int) core[at]));
    }

    @Override
    void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        core[at] = ordinal(value);
    }

    private int ordinal(Object value) {
        if (!constants.isEmpty()) {
            int number = constants.indexOf(value);
            if (number < 0) {
                throw AbiFault.unfit(type, constants.get(0).getClass().getName(), value);
            }
            return number;
        }
        if (!(value instanceof Integer ordinal)) {
            throw AbiFault.unfit(type, "Integer", value);
        }
        return tag.lower(ordinal);
    }
}
