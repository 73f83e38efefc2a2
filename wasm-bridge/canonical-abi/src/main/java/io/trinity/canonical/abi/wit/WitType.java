package io.trinity.canonical.abi.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A type of WIT with all aliases resolved: never recursive, never of size zero. {@code toString()}
 * is the spelling of WIT, with records, variants and enums by their names.
 *
 * <p>{@link Product} and {@link Sum} show records and variants together with the types that the
 * canonical ABI treats as such (Canonical ABI, section Despecialization).
 */
public sealed interface WitType {

    /** A type without parts. */
    enum Primitive implements WitType {
        BOOL,
        S8,
        U8,
        S16,
        U16,
        S32,
        U32,
        S64,
        U64,
        F32,
        F64,
        CHAR,
        STRING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code list<element>}. */
    record ListType(WitType element) implements WitType {
        @Override
        public String toString() {
            return "list<" + element + ">";
        }
    }

    /** A value that has all of its fields. */
    sealed interface Product extends WitType {
        /** At least one, in the order of the layout; those of a tuple are named 0, 1, 2… */
        List<Field> fields();
    }

    /** A field of a record or tuple. */
    record Field(String name, WitType type) {}

    /** A named record. */
    record RecordType(String name, List<Field> fields) implements Product {
        public RecordType {
            fields = atLeastOne(fields, "record " + name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code tuple<a, b, …>}. */
    record TupleType(List<WitType> elements) implements Product {
        public TupleType {
            elements = atLeastOne(elements, "tuple");
        }

        @Override
        public List<Field> fields() {
            List<Field> fields = new ArrayList<>(elements.size());
            for (WitType element : elements) {
                fields.add(new Field(Integer.toString(fields.size()), element));
            }
            return List.copyOf(fields);
        }

        @Override
        public String toString() {
            return elements.stream()
                    .map(WitType::toString)
                    .collect(Collectors.joining(", ", "tuple<", ">"));
        }
    }

    /** A value that is exactly one of its cases. */
    sealed interface Sum extends WitType {
        /** At least one; the index is the tag. */
        List<Case> cases();
    }

    /** A case of a variant, with or without a value. */
    record Case(String name, Optional<WitType> payload) {}

    /** A named variant. */
    record VariantType(String name, List<Case> cases) implements Sum {
        public VariantType {
            cases = atLeastOne(cases, "variant " + name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A named enum; the ordinal is the index of the label. */
    record EnumType(String name, List<String> labels) implements Sum {
        public EnumType {
            labels = atLeastOne(labels, "enum " + name);
        }

        @Override
        public List<Case> cases() {
            return labels.stream().map(label -> new Case(label, Optional.empty())).toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code option<some>}: cases none (0) and some (1). */
    record OptionType(WitType some) implements Sum {
        @Override
        public List<Case> cases() {
            return List.of(new Case("none", Optional.empty()), new Case("some", Optional.of(some)));
        }

        @Override
        public String toString() {
            return "option<" + some + ">";
        }
    }

    /** {@code result<ok, error>}: cases ok (0) and error (1), each with or without a value. */
    record ResultType(Optional<WitType> ok, Optional<WitType> error) implements Sum {
        @Override
        public List<Case> cases() {
            return List.of(new Case("ok", ok), new Case("error", error));
        }

        @Override
        public String toString() {
            if (error.isPresent()) {
                return "result<" + ok.map(WitType::toString).orElse("_") + ", " + error.get() + ">";
            }
            return ok.map(type -> "result<" + type + ">").orElse("result");
        }
    }

    private static <T> List<T> atLeastOne(List<T> parts, String what) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(what + " has no parts; WIT has no empty types");
        }
        return List.copyOf(parts);
    }
}
