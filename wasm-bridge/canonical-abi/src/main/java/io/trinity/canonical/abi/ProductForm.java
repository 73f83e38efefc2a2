package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the fields of a record or tuple are one Java value. */
interface ProductForm {
    /** {@code Object[]}, the fields in order. */
    ProductForm ARRAY =
            new ProductForm() {
                @Override
                public Object value(Object[] fields) {
                    return fields;
                }

                @Override
                public @Nullable Object[] fields(Object type, Object value) {
                    if (value instanceof Object[] fields) {
                        return fields;
                    }
                    throw AbiFault.unfit(type, "Object[]", value);
                }

                @Override
                public JavaType field(int index) {
                    return JavaType.ANY;
                }
            };

    /** The value of these fields, which are in the order of WIT. */
    Object value(Object[] fields);

    /**
     * The fields of a value, in the order of WIT.
     *
     * @param type for messages
     */
    @Nullable Object[] fields(Object type, Object value);

    /** The Java type of a field. */
    JavaType field(int index);

    /**
     * Fields of a record by their names, elements of a tuple by their places.
     *
     * @throws BindingException with the first difference
     */
    static ProductForm of(WitType.Product type, JavaType java) {
        return java.isAny() ? ARRAY : RecordForm.of(type, java);
    }

    /** A Java record. */
    final class RecordForm implements ProductForm {
        private final Class<?> record;
        private final MethodHandle constructor;
        private final MethodHandle accessors;
        private final List<JavaType> types;

        private RecordForm(
                Class<?> record,
                MethodHandle constructor,
                MethodHandle accessors,
                List<JavaType> types) {
            this.record = record;
            this.constructor = constructor;
            this.accessors = accessors;
            this.types = types;
        }

        static RecordForm of(WitType.Product type, JavaType java) {
            Class<?> record = java.rawClass(type, "a record");
            if (!record.isRecord()) {
                throw java.differs(type, "a record");
            }
            RecordComponent[] components = record.getRecordComponents();
            List<WitType.Field> fields = type.fields();
            // In the order of WIT, by index of the component.
            int[] order = new int[components.length];
            for (int i = 0; i < components.length; i++) {
                order[i] = index(type, fields, components[i], i, java);
            }
            JavaType[] types = new JavaType[fields.size()];
            for (int i = 0; i < order.length; i++) {
                RecordComponent c = components[i];
                types[order[i]] = java.part(c.getGenericType(), "." + c.getName());
            }
            for (int i = 0; i < types.length; i++) {
                if (types[i] == null) {
                    throw java.lacks(
                            "%s has the field %s in WIT".formatted(type, fields.get(i).name()),
                            "%s has no component %s"
                                    .formatted(
                                            record.getName(), Names.member(fields.get(i).name())));
                }
            }
            try {
                return new RecordForm(
                        record,
                        constructor(record, components, order),
                        accessors(record, components, order),
                        List.of(types));
            } catch (ReflectiveOperationException e) {
                throw java.lacks(
                        "%s is a record in WIT".formatted(type),
                        "%s is not public".formatted(record.getName()));
            }
        }

        private static int index(
                WitType.Product type,
                List<WitType.Field> fields,
                RecordComponent component,
                int place,
                JavaType java) {
            boolean named = type instanceof WitType.RecordType;
            for (int i = 0; i < fields.size(); i++) {
                boolean same =
                        named
                                ? Names.member(fields.get(i).name()).equals(component.getName())
                                : i == place;
                if (same) {
                    return i;
                }
            }
            throw java.lacks(
                    "%s has the component %s"
                            .formatted(
                                    component.getDeclaringRecord().getName(), component.getName()),
                    "%s has no such field in WIT".formatted(type));
        }

        private static MethodHandle constructor(
                Class<?> record, RecordComponent[] components, int[] order)
                throws ReflectiveOperationException {
            Class<?>[] parameters = new Class<?>[components.length];
            Class<?>[] inWit = new Class<?>[components.length];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = components[i].getType();
                inWit[order[i]] = parameters[i];
            }
            MethodHandle plain =
                    MethodHandles.publicLookup()
                            .findConstructor(record, MethodType.methodType(void.class, parameters));
            MethodHandle ordered =
                    MethodHandles.permuteArguments(
                            plain, MethodType.methodType(record, inWit), order);
            return ordered.asType(MethodType.genericMethodType(order.length))
                    .asSpreader(Object[].class, order.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        }

        /** All at once: one call, and not one per field. */
        private static MethodHandle accessors(
                Class<?> record, RecordComponent[] components, int[] order)
                throws ReflectiveOperationException {
            MethodHandle[] each = new MethodHandle[components.length];
            for (int i = 0; i < each.length; i++) {
                each[order[i]] =
                        MethodHandles.publicLookup()
                                .unreflect(components[i].getAccessor())
                                .asType(MethodType.methodType(Object.class, record));
            }
            MethodHandle array =
                    MethodHandles.identity(Object[].class).asCollector(Object[].class, each.length);
            return MethodHandles.permuteArguments(
                            MethodHandles.filterArguments(array, 0, each),
                            MethodType.methodType(Object[].class, record),
                            new int[each.length])
                    .asType(MethodType.methodType(Object[].class, Object.class));
        }

        @Override
        public Object value(Object[] fields) {
            try {
                return (Object) constructor.invokeExact(fields);
            } catch (IllegalArgumentException e) {
                throw AbiFault.ofValue(String.valueOf(e.getMessage()));
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        @Override
        public @Nullable Object[] fields(Object type, Object value) {
            if (!record.isInstance(value)) {
                throw AbiFault.unfit(type, record.getName(), value);
            }
            try {
                return (@Nullable Object[]) accessors.invokeExact(value);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }

        @Override
        public JavaType field(int index) {
            return types.get(index);
        }
    }

    /** What a record's constructor or accessor throws beyond what it may. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
