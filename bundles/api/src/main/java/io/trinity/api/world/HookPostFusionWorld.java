package io.trinity.api.world;

import io.trinity.api.hook.Remark;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.stream.Window;
import java.util.List;

/** World {@code hook-post-fusion}. */
public interface HookPostFusionWorld extends World {
    /** One remark for each window. */
    Answer<List<Remark>> postfusion(CallOptions options, List<Window> windows);
}
