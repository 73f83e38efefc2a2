package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import java.util.List;
import java.util.function.Supplier;

/** Lets interface {@code streams} touch only the streams that the grant names. */
final class StreamScope {
    /** Field of {@code record chunk} that names its stream. */
    private static final int STREAM_FIELD = 3;

    private StreamScope() {}

    /**
     * @param scope names of streams; empty for all
     */
    static HostFunction guard(Supplier<List<String>> scope, HostFunction function) {
        return (guest, arguments) -> {
            List<String> allowed = scope.get();
            if (!allowed.isEmpty()) {
                check(guest, allowed, arguments[0]);
            }
            return function.call(guest, arguments);
        };
    }

    /** The first argument is a stream's name, or chunks that name theirs. */
    private static void check(GuestState guest, List<String> allowed, Object first)
            throws HostFailure {
        if (first instanceof List<?> chunks) {
            for (Object chunk : chunks) {
                check(guest, allowed, ((Object[]) chunk)[STREAM_FIELD]);
            }
        } else if (!allowed.contains(String.valueOf(first))) {
            throw new HostFailure(
                    HostFailure.Reason.DENIED,
                    "stream '%s' is not in the scope %s of the grant; add it to scope.stream_io in %s"
                            .formatted(first, allowed, Places.ofPlugin(guest.plugin().name())));
        }
    }
}
