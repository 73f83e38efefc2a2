package io.trinity.api.world;

import io.trinity.api.hook.Incident;
import io.trinity.api.plugin.CallOptions;
import java.util.List;

/** World {@code hook-on-error}. */
public interface HookOnErrorWorld extends World {
    /** Something went wrong. */
    void onerror(CallOptions options, List<Incident> incidents);
}
