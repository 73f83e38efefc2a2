package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A variant as a sealed interface. A case is the record of its name: with one component for the
 * payload and none where there is none, or with the fields of the payload where that is a record.
 */
final class SealedForm implements SumForm {
    /** One case. */
    private interface Case {
        Object of(@Nullable Object payload);

        @Nullable Object payload(Object value);
    }

    private final Class<?> sealed;
    private final Map<Class<?>, Integer> tags = new HashMap<>();
    private final Case[] cases;
    private final JavaType[] payloads;

    private SealedForm(Class<?> sealed, List<Case> cases, List<JavaType> payloads) {
        this.sealed = sealed;
        this.cases = cases.toArray(Case[]::new);
        this.payloads = payloads.toArray(JavaType[]::new);
    }

    static SealedForm of(WitType.VariantType type, JavaType java) {
        Class<?> sealed = java.rawClass(type, "a sealed interface");
        if (!sealed.isSealed()) {
            throw java.differs(type, "a sealed interface");
        }
        List<Class<?>> left = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            left.add(permitted);
        }
        List<Class<?>> classes = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        List<JavaType> payloads = new ArrayList<>();
        for (WitType.Case each : type.cases()) {
            Class<?> record = record(type, each, left, java);
            left.remove(record);
            classes.add(record);
            try {
                payloads.add(bind(type, each, record, java, cases));
            } catch (ReflectiveOperationException e) {
                throw java.lacks(
                        "variant %s has the case %s in WIT".formatted(type, each.name()),
                        record.getName() + " is not public");
            }
        }
        if (!left.isEmpty()) {
            throw java.lacks(
                    left.get(0).getName() + " is a case in Java",
                    "variant %s has none of that name in WIT".formatted(type));
        }
        SealedForm form = new SealedForm(sealed, cases, payloads);
        classes.forEach(c -> form.tags.put(c, form.tags.size()));
        return form;
    }

    private static Class<?> record(
            WitType type, WitType.Case each, List<Class<?>> permitted, JavaType java) {
        String name = Names.type(each.name());
        return permitted.stream()
                .filter(c -> c.isRecord() && c.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                java.lacks(
                                        "variant %s has the case %s in WIT"
                                                .formatted(type, each.name()),
                                        "%s has no record %s"
                                                .formatted(java.type().getTypeName(), name)));
    }

    private static JavaType bind(
            WitType type, WitType.Case each, Class<?> record, JavaType java, List<Case> into)
            throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        WitType payload = each.payload().orElse(null);
        if (payload == null && components.length == 0) {
            MethodHandle empty =
                    MethodHandles.publicLookup()
                            .findConstructor(record, MethodType.methodType(void.class))
                            .asType(MethodType.methodType(Object.class));
            into.add(new Empty(call(empty)));
            return JavaType.ANY;
        }
        String part = "." + each.name();
        if (payload instanceof WitType.RecordType fields && hasTheFields(components, fields)) {
            into.add(new Itself());
            return java.part(record, part);
        }
        if (payload == null || components.length != 1) {
            throw java.lacks(
                    "case %s of variant %s has %s payload in WIT"
                            .formatted(each.name(), type, payload == null ? "no" : "one"),
                    "%s has %s components".formatted(record.getName(), components.length));
        }
        RecordComponent component = components[0];
        into.add(
                new Wrapped(
                        MethodHandles.publicLookup()
                                .findConstructor(
                                        record,
                                        MethodType.methodType(void.class, component.getType()))
                                .asType(MethodType.genericMethodType(1)),
                        MethodHandles.publicLookup()
                                .unreflect(component.getAccessor())
                                .asType(MethodType.genericMethodType(1))));
        return java.part(component.getGenericType(), part);
    }

    private static boolean hasTheFields(RecordComponent[] components, WitType.RecordType record) {
        Set<String> fields =
                record.fields().stream()
                        .map(f -> Names.member(f.name()))
                        .collect(Collectors.toSet());
        return fields.equals(
                Arrays.stream(components)
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet()));
    }

    private static Object call(MethodHandle constructor) {
        try {
            return (Object) constructor.invokeExact();
        } catch (Throwable e) {
            throw ProductForm.unexpected(e);
        }
    }

    /** No payload: one value for all. */
    private record Empty(Object value) implements Case {
        @Override
        public Object of(@Nullable Object payload) {
            return value;
        }

        @Override
        public @Nullable Object payload(Object any) {
            return null;
        }
    }

    /** The record is the payload. */
    private record Itself() implements Case {
        @Override
        public Object of(@Nullable Object payload) {
            return java.util.Objects.requireNonNull(payload);
        }

        @Override
        public Object payload(Object value) {
            return value;
        }
    }

    /** The payload in a record of its own. */
    private record Wrapped(MethodHandle constructor, MethodHandle accessor) implements Case {
        @Override
        public Object of(@Nullable Object payload) {
            try {
                return (Object) constructor.invokeExact(payload);
            } catch (IllegalArgumentException e) {
                throw AbiFault.ofValue(String.valueOf(e.getMessage()));
            } catch (Throwable e) {
                throw ProductForm.unexpected(e);
            }
        }

        @Override
        public @Nullable Object payload(Object value) {
            try {
                return (Object) accessor.invokeExact(value);
            } catch (Throwable e) {
                throw ProductForm.unexpected(e);
            }
        }
    }

    @Override
    public String javaType() {
        return sealed.getName();
    }

    @Override
    public boolean fits(Object value) {
        return tags.containsKey(value.getClass());
    }

    @Override
    public int tag(Object value) {
        Integer tag = tags.get(value.getClass());
        if (tag == null) {
            throw new IllegalStateException(value.getClass() + " is no case of " + sealed);
        }
        return tag;
    }

    @Override
    public @Nullable Object payload(Object value) {
        return cases[tag(value)].payload(value);
    }

    @Override
    public Object value(int tag, @Nullable Object payload) {
        return cases[tag].of(payload);
    }

    @Override
    public JavaType payloadType(int tag) {
        return payloads[tag];
    }
}
