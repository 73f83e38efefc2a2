package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.world.MetricCollectorWorld;
import java.util.List;

/** A plugin seen as a collector of metrics. Thread-safe. */
final class CollectorPlugin implements MetricCollector {
    private final Plugin plugin;
    private final MetricCollectorWorld world;
    private volatile String contentType;

    CollectorPlugin(Plugin plugin, String contentType) {
        this.plugin = plugin;
        this.world = plugin.as(MetricCollectorWorld.class);
        this.contentType = contentType;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public String contentType() {
        return contentType;
    }

    void contentType(String now) {
        contentType = now;
    }

    @Override
    public Answer<byte[]> collect(List<Sample> samples) {
        samples.forEach(SampleCheck::requireSound);
        return world.collect(CallOptions.DEFAULT, samples);
    }
}
