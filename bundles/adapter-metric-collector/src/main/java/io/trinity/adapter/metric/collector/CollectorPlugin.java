package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.world.MetricCollectorWorld;
import io.trinity.api.world.TypedServices;
import java.util.List;
import java.util.Map;

/** A plugin seen as a collector of metrics. Thread-safe. */
final class CollectorPlugin implements MetricCollector, TypedServices.View {
    /** A manifest without one is not admitted; bytes of any kind otherwise. RFC 2046 §4.5.1. */
    private static final String ANY = "application/octet-stream";

    private final Plugin plugin;
    private final MetricCollectorWorld world;
    private volatile String contentType = ANY;

    CollectorPlugin(Plugin plugin) {
        this.plugin = plugin;
        this.world = plugin.as(MetricCollectorWorld.class);
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public Map<String, Object> follow(Map<String, Object> properties) {
        String now =
                properties.get(Plugin.CONTENT_TYPES) instanceof String[] types && types.length > 0
                        ? types[0]
                        : ANY;
        contentType = now;
        return Map.of(Plugin.CONTENT_TYPES, new String[] {now});
    }

    @Override
    public Answer<byte[]> collect(List<Sample> samples) {
        samples.forEach(SampleCheck::requireSound);
        return world.collect(CallOptions.DEFAULT, samples);
    }
}
