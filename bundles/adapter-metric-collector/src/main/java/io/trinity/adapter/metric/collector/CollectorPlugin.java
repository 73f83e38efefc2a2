package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Plugin;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plugin seen as a collector of metrics. Thread-safe. */
final class CollectorPlugin implements MetricCollector {
    private static final String COLLECT = "collect";

    private final Plugin plugin;
    private volatile String contentType;

    CollectorPlugin(Plugin plugin, String contentType) {
        this.plugin = plugin;
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
        Answer<@Nullable Object> answer =
                plugin.call(COLLECT, CallOptions.DEFAULT, SampleFields.ofAll(samples));
        if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
            return new Answer.Refusal<>(refusal.text());
        }
        return new Answer.Value<>(
                (byte[]) Objects.requireNonNull(((Answer.Value<@Nullable Object>) answer).value()));
    }
}
