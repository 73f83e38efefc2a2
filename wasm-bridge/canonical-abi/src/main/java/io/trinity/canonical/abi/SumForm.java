package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a tag and a payload are one Java value. */
enum SumForm {
    VARIANT("VariantValue") {
        @Override
        boolean fits(Object value) {
            return value instanceof VariantValue;
        }

        @Override
        int tag(Object value) {
            return ((VariantValue) value).tag();
        }

        @Override
        @Nullable Object payload(Object value) {
            return ((VariantValue) value).payload();
        }

        @Override
        Object value(int tag, @Nullable Object payload) {
            return new VariantValue(tag, payload);
        }
    },
    OPTION("Optional") {
        @Override
        boolean fits(Object value) {
            return value instanceof Optional;
        }

        @Override
        int tag(Object value) {
            return ((Optional<?>) value).isPresent() ? 1 : 0;
        }

        @Override
        @Nullable Object payload(Object value) {
            return ((Optional<?>) value).orElse(null);
        }

        @Override
        Object value(int tag, @Nullable Object payload) {
            return Optional.ofNullable(payload);
        }
    },
    RESULT("ResultValue") {
        @Override
        boolean fits(Object value) {
            return value instanceof ResultValue;
        }

        @Override
        int tag(Object value) {
            return ((ResultValue) value).failed() ? 1 : 0;
        }

        @Override
        @Nullable Object payload(Object value) {
            return ((ResultValue) value).value();
        }

        @Override
        Object value(int tag, @Nullable Object payload) {
            return new ResultValue(tag == 1, payload);
        }
    };

    /** Name of the Java type, for messages. */
    final String javaType;

    SumForm(String javaType) {
        this.javaType = javaType;
    }

    static SumForm of(WitType.Sum type) {
        if (type instanceof WitType.OptionType) {
            return OPTION;
        }
        return type instanceof WitType.ResultType ? RESULT : VARIANT;
    }

    abstract boolean fits(Object value);

    abstract int tag(Object value);

    abstract @Nullable Object payload(Object value);

    abstract Object value(int tag, @Nullable Object payload);
}
