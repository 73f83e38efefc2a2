package io.trinity.telemetry;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** A collector that answers what a test tells it. */
final class FakeCollector implements MetricCollector {
    private final String name;
    String contentType = "application/json";
    Supplier<Answer<byte[]>> answer = () -> report("a report");
    List<Sample> given = List.of();

    FakeCollector(String name) {
        this.name = name;
    }

    static Answer<byte[]> report(String text) {
        return new Answer.Value<>(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public Answer<byte[]> collect(List<Sample> samples) {
        given = samples;
        return answer.get();
    }
}
