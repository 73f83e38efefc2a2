package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a tag and a payload are one Java value. */
interface SumForm {
    /** Name of the Java type, for messages. */
    String javaType();

    boolean fits(Object value);

    int tag(Object value);

    @Nullable Object payload(Object value);

    Object value(int tag, @Nullable Object payload);

    /** The Java type of a case's payload. */
    JavaType payloadType(int tag);

    /**
     * Options and results are what they are; variants a {@link VariantValue}, or a sealed interface
     * whose records have the names of the cases.
     *
     * @throws BindingException with the first difference
     */
    static SumForm of(WitType.Sum type, JavaType java) {
        if (type instanceof WitType.OptionType) {
            return new OptionForm(java.argument(Optional.class, type));
        }
        if (java.isAny()) {
            return type instanceof WitType.ResultType
                    ? new ResultForm(JavaType.ANY, JavaType.ANY)
                    : new VariantForm();
        }
        if (type instanceof WitType.VariantType variant) {
            return SealedForm.of(variant, java);
        }
        throw java.differs(type, "no type but in the result of a function");
    }

    /** {@link VariantValue}. */
    record VariantForm() implements SumForm {
        @Override
        public String javaType() {
            return "VariantValue";
        }

        @Override
        public boolean fits(Object value) {
            return value instanceof VariantValue;
        }

        @Override
        public int tag(Object value) {
            return ((VariantValue) value).tag();
        }

        @Override
        public @Nullable Object payload(Object value) {
            return ((VariantValue) value).payload();
        }

        @Override
        public Object value(int tag, @Nullable Object payload) {
            return new VariantValue(tag, payload);
        }

        @Override
        public JavaType payloadType(int tag) {
            return JavaType.ANY;
        }
    }

    /** {@link Optional}. */
    record OptionForm(JavaType some) implements SumForm {
        @Override
        public String javaType() {
            return "Optional";
        }

        @Override
        public boolean fits(Object value) {
            return value instanceof Optional;
        }

        @Override
        public int tag(Object value) {
            return ((Optional<?>) value).isPresent() ? 1 : 0;
        }

        @Override
        public @Nullable Object payload(Object value) {
            return ((Optional<?>) value).orElse(null);
        }

        @Override
        public Object value(int tag, @Nullable Object payload) {
            return Optional.ofNullable(payload);
        }

        @Override
        public JavaType payloadType(int tag) {
            return some;
        }
    }

    /** {@link ResultValue}. */
    record ResultForm(JavaType ok, JavaType error) implements SumForm {
        @Override
        public String javaType() {
            return "ResultValue";
        }

        @Override
        public boolean fits(Object value) {
            return value instanceof ResultValue;
        }

        @Override
        public int tag(Object value) {
            return ((ResultValue) value).failed() ? 1 : 0;
        }

        @Override
        public @Nullable Object payload(Object value) {
            return ((ResultValue) value).value();
        }

        @Override
        public Object value(int tag, @Nullable Object payload) {
            return new ResultValue(tag == 1, payload);
        }

        @Override
        public JavaType payloadType(int tag) {
            return tag == 1 ? error : ok;
        }
    }
}
