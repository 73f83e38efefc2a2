package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;

/** World {@code callable}. */
public interface CallableWorld extends World {
    /** Answers a plugin that depends on this one. */
    Answer<byte[]> answer(CallOptions options, String function, byte[] argument);
}
