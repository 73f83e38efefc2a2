package io.trinity.telemetry;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.stream.Chunk.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What plugins have used up, as samples labelled {@code plugin=NAME}. */
final class UsageSamples implements MetricSource {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Supplier<? extends @Nullable PluginRegistry> registry;

    /**
     * @param registry that is there at present
     */
    UsageSamples(Supplier<? extends @Nullable PluginRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        PluginRegistry known = registry.get();
        if (known == null) {
            return samples;
        }
        for (PluginSnapshot p : known.list()) {
            known.usage(p.name()).ifPresent(u -> add(samples, u));
        }
        return samples;
    }

    private static void add(List<Sample> to, PluginUsage u) {
        List<Attribute> who = List.of(new Attribute("plugin", u.name()));
        add(to, "fuel", "1", who, new Counter(u.fuel()));
        add(to, "cpu", "s", who, new Counter(u.cpuNanos() / NANOS_PER_SECOND));
        add(to, "wall", "s", who, new Counter(u.wallNanos() / NANOS_PER_SECOND));
        add(to, "host", "s", who, new Counter(u.hostNanos() / NANOS_PER_SECOND));
        add(to, "bytes.in", "By", who, new Counter(u.bytesIn()));
        add(to, "bytes.out", "By", who, new Counter(u.bytesOut()));
        add(to, "memory.peak", "By", who, new Gauge(u.peakMemoryBytes()));
        add(to, "call.p50", "s", who, new Gauge(u.latency().p50() / MICROS_PER_SECOND));
        add(to, "call.p99", "s", who, new Gauge(u.latency().p99() / MICROS_PER_SECOND));
        add(to, "quarantines", "1", who, new Counter(u.quarantines()));
        u.failuresByCode()
                .forEach(
                        (code, n) ->
                                add(
                                        to,
                                        "failures.by.code",
                                        "1",
                                        List.of(who.get(0), new Attribute("code", code.name())),
                                        new Counter(n)));
    }

    private static void add(
            List<Sample> to, String what, String unit, List<Attribute> labels, Measurement value) {
        to.add(new Sample("trinity.plugin." + what, unit, labels, value));
    }
}
