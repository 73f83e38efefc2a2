package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import org.jspecify.annotations.Nullable;

/** World {@code checked}. */
public interface CheckedWorld extends World {
    /** Whether this version finds itself fit to serve. */
    Answer<@Nullable Void> check(CallOptions options);
}
