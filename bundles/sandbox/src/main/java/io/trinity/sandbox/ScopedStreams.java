package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.host.Streams;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.function.Supplier;

/** Lets a plugin touch only the streams that its grant names. Thread-safe. */
final class ScopedStreams implements Streams {
    /** Who serves the streams now. */
    interface Owner {
        /**
         * Asked at each call.
         *
         * @throws HostFailure UNAVAILABLE where nobody does
         */
        Streams now() throws HostFailure;
    }

    private final Supplier<List<String>> scope;
    private final Owner owner;

    /**
     * @param scope names of streams; empty for all
     */
    ScopedStreams(Supplier<List<String>> scope, Owner owner) {
        this.scope = scope;
        this.owner = owner;
    }

    @Override
    public void push(HostCall call, List<Chunk> chunks) throws HostFailure {
        List<String> allowed = scope.get();
        for (Chunk chunk : chunks) {
            require(call, allowed, chunk.stream());
        }
        owner.now().push(call, chunks);
    }

    @Override
    public List<Chunk> pull(HostCall call, String name, long limit, long timeoutMillis)
            throws HostFailure {
        require(call, scope.get(), name);
        return owner.now().pull(call, name, limit, timeoutMillis);
    }

    private static void require(HostCall call, List<String> allowed, String stream)
            throws HostFailure {
        if (!allowed.isEmpty() && !allowed.contains(stream)) {
            throw new HostFailure(
                    HostFailure.Reason.DENIED,
                    "stream '%s' is not in the scope %s of the grant; add it to scope.stream_io in %s"
                            .formatted(stream, allowed, Places.ofPlugin(call.plugin().name())));
        }
    }
}
