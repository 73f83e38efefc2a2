package io.trinity.testkit.contract;

import io.trinity.api.stream.Vector;
import io.trinity.canonical.abi.VariantValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vectors in WIT values as handles, as the sandbox makes them: from 1 on. */
final class Vectors {
    private final List<Vector> held = new ArrayList<>();

    /** The value with a handle in place of each vector. */
    @Nullable Object handles(@Nullable Object value) {
        if (value instanceof Vector vector) {
            held.add(vector);
            return (long) held.size();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> handles = new ArrayList<>();
            list.forEach(one -> handles.add(handles(one)));
            return handles;
        }
        if (value instanceof Object[] fields) {
            return Arrays.stream(fields).map(this::handles).toArray();
        }
        if (value instanceof VariantValue variant) {
            return new VariantValue(variant.tag(), handles(variant.payload()));
        }
        if (value instanceof Optional<?> option) {
            return option.map(this::handles);
        }
        return value;
    }

    /** The vectors that a list of handles stands for. */
    List<Vector> vectors(List<?> handles) {
        return handles.stream().map(h -> held.get(((Long) h).intValue() - 1)).toList();
    }
}
