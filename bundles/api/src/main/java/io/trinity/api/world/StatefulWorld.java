package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import org.jspecify.annotations.Nullable;

/** World {@code stateful}. */
public interface StatefulWorld extends World {
    /** The state, in the format that {@code state-version} numbers. */
    byte[] save(CallOptions options);

    /**
     * Takes over a state.
     *
     * @param version 0 to 4,294,967,295
     */
    Answer<@Nullable Void> restore(CallOptions options, long version, byte[] state);
}
