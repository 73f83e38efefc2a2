package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;

/** World {@code hook-custom}. */
public interface HookCustomWorld extends World {
    /** A custom hook was fired. */
    Answer<byte[]> custom(CallOptions options, String name, byte[] payload);
}
