package io.trinity.api.world;

import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.CallOptions;
import java.util.List;

/** World {@code hook-on-metrics}. */
public interface HookOnMetricsWorld extends World {
    /** Readings of all metrics. */
    void onmetrics(CallOptions options, List<Sample> samples);
}
