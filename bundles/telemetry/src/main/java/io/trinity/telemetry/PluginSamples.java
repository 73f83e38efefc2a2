package io.trinity.telemetry;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.stream.Chunk.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of its plugins, as samples labelled {@code plugin=NAME}.
 *
 * @param registry that is there at present
 */
record PluginSamples(Supplier<? extends @Nullable PluginRegistry> registry)
        implements MetricSource {
    private static final double MICROS_PER_SECOND = 1e6;

    @Override
    public List<Sample> samples() {
        PluginRegistry known = registry.get();
        return of(known == null ? List.of() : known.list());
    }

    /** Seven samples for each plugin, and their number. */
    static List<Sample> of(List<PluginSnapshot> plugins) {
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample("trinity.plugins", "1", List.of(), new Gauge(plugins.size())));
        for (PluginSnapshot p : plugins) {
            List<Attribute> who = List.of(new Attribute("plugin", p.name()));
            add(samples, "calls", "1", who, new Counter(p.calls()));
            add(samples, "failures", "1", who, new Counter(p.failures()));
            add(
                    samples,
                    "call.mean",
                    "s",
                    who,
                    new Gauge(p.averageCallMicros() / MICROS_PER_SECOND));
            add(samples, "memory", "By", who, new Gauge(p.memoryBytes()));
            add(samples, "generation", "1", who, new Gauge(p.generation()));
            add(samples, "error", "1", who, new Gauge(p.error().isPresent() ? 1 : 0));
            // One series per state would be seven for each plugin, six of them 0.
            List<Attribute> state = List.of(who.get(0), new Attribute("state", p.state().label()));
            add(samples, "state", "1", state, new Gauge(1));
        }
        return samples;
    }

    private static void add(
            List<Sample> to, String what, String unit, List<Attribute> labels, Measurement value) {
        to.add(new Sample("trinity.plugin." + what, unit, labels, value));
    }
}
