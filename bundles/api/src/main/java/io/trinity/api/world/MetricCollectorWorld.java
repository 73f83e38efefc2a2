package io.trinity.api.world;

import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import java.util.List;

/** World {@code metric-collector}: type {@code metric_collector}. */
public interface MetricCollectorWorld extends World {
    /** Writes all metrics in the plugin's content type. */
    Answer<byte[]> collect(CallOptions options, List<Sample> samples);
}
