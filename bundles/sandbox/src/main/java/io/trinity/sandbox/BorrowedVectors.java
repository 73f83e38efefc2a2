package io.trinity.sandbox;

import io.trinity.api.stream.Vector;
import io.trinity.canonical.abi.ResultValue;
import io.trinity.canonical.abi.VariantValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Vectors on their way through an export: those among the arguments are lent to the guest as
 * handles, those that it gives away are taken over. Source: {@code plugin.wit}, type vector.
 */
final class BorrowedVectors {
    private BorrowedVectors() {}

    /** The arguments with a handle for each vector; the same array where there is none. */
    static @Nullable Object[] lend(@Nullable Object[] arguments, VectorHandles handles) {
        return holdsVector(arguments) ? array(arguments, handles) : arguments;
    }

    private static boolean holdsVector(@Nullable Object value) {
        if (value instanceof Vector) {
            return true;
        }
        if (value instanceof Object[] fields) {
            for (Object field : fields) {
                if (holdsVector(field)) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof List<?> items) {
            for (Object item : items) {
                if (holdsVector(item)) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof VariantValue v) {
            return holdsVector(v.payload());
        }
        return value instanceof Optional<?> o && o.isPresent() && holdsVector(o.get());
    }

    private static @Nullable Object[] array(@Nullable Object[] values, VectorHandles handles) {
        @Nullable Object[] copy = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = lent(values[i], handles);
        }
        return copy;
    }

    private static @Nullable Object lent(@Nullable Object value, VectorHandles handles) {
        if (value instanceof Vector v) {
            return handles.lend(v);
        }
        if (value instanceof Object[] fields) {
            return array(fields, handles);
        }
        if (value instanceof List<?> items) {
            List<@Nullable Object> copy = new ArrayList<>(items.size());
            items.forEach(item -> copy.add(lent(item, handles)));
            return copy;
        }
        if (value instanceof VariantValue v) {
            return new VariantValue(v.tag(), lent(v.payload(), handles));
        }
        if (value instanceof Optional<?> o && o.isPresent()) {
            return Optional.ofNullable(lent(o.get(), handles));
        }
        return value;
    }

    /** The result of an export that gives vectors: a list of handles, within a result or not. */
    static @Nullable Object take(@Nullable Object result, VectorHandles handles) {
        if (result instanceof ResultValue r) {
            return r.failed() ? r : ResultValue.ok(take(r.value(), handles));
        }
        List<Object> given = new ArrayList<>();
        if (result instanceof List<?> all) {
            all.forEach(handle -> given.add(handles.take((Long) handle)));
        }
        return given;
    }
}
