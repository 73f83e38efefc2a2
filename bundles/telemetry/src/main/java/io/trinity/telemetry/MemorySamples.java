package io.trinity.telemetry;

import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.sandbox.MemoryTotal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The heap that all plugins together take and may take. */
record MemorySamples(Supplier<Optional<MemoryTotal>> total) implements MetricSource {
    @Override
    public List<Sample> samples() {
        return total.get()
                .map(
                        now ->
                                List.of(
                                        sample("held", now.heldBytes()),
                                        sample("peak", now.peakBytes()),
                                        sample("limit", now.limitBytes())))
                .orElse(List.of());
    }

    private static Sample sample(String what, long bytes) {
        return new Sample("trinity.plugins.memory." + what, "By", List.of(), new Gauge(bytes));
    }
}
