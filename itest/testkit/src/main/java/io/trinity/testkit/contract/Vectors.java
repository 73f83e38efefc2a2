package io.trinity.testkit.contract;

import io.trinity.api.stream.Vector;
import io.trinity.canonical.abi.Handles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Vectors that a guest knows by handles, as the sandbox gives them: from 1 on. */
final class Vectors implements Handles {
    private final Map<Long, Vector> held = new HashMap<>();
    private long last;

    @Override
    public long lower(Object vector) {
        held.put(++last, (Vector) vector);
        return last;
    }

    /** The guest gives it away. */
    @Override
    public Object lift(long handle) {
        return Objects.requireNonNull(
                held.remove(handle), () -> "the guest does not hold vector " + handle);
    }

    /** What a script returns, with a handle in place of each vector of a list. */
    @Nullable Object handles(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return value;
        }
        List<Object> handles = new ArrayList<>();
        list.forEach(one -> handles.add(one instanceof Vector vector ? lower(vector) : one));
        return handles;
    }
}
