package io.trinity.canonical.abi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values in a form that equals compares by content: arrays become lists with the array's type in
 * front.
 */
public final class Plain {

    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof VariantValue variant) {
            return new VariantValue(variant.tag(), of(variant.payload()));
        }
        if (value instanceof ResultValue result) {
            return new ResultValue(result.failed(), of(result.value()));
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Plain::of);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(of(element)));
            return plain;
        }
        if (value != null && value.getClass().isArray()) {
            List<@Nullable Object> plain = new ArrayList<>();
            plain.add(value.getClass());
            for (int i = 0; i < Array.getLength(value); i++) {
                plain.add(of(Array.get(value, i)));
            }
            return plain;
        }
        return value;
    }

    private Plain() {}
}
