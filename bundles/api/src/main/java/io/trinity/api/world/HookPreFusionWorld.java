package io.trinity.api.world;

import io.trinity.api.hook.Part;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import java.util.List;

/** World {@code hook-pre-fusion}. */
public interface HookPreFusionWorld extends World {
    /** The weights to fuse with; none changes nothing. */
    Answer<double[]> prefusion(CallOptions options, String key, List<Part> parts);
}
