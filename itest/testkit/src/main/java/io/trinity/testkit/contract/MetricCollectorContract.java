package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Bucket;
import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stream.Chunk;
import io.trinity.canonical.abi.VariantValue;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a {@link MetricCollector} over a plugin must do. */
public abstract class MetricCollectorContract {
    private static final String COLLECT = "collect";
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final ScriptedPlugin plugin =
            new ScriptedPlugin(ExtensionType.METRIC_COLLECTOR, "a-collector");

    /** The service over this plugin. */
    protected abstract MetricCollector over(Plugin plugin, String contentType);

    private MetricCollector collector() {
        return over(plugin, "text/plain;version=0.0.4");
    }

    @Test
    void itHasThePluginsNameAndItsContentType() {
        assertEquals("a-collector", collector().name());
        assertEquals("text/plain;version=0.0.4", collector().contentType());
    }

    @Test
    void thePluginSeesEverySampleInOrder() {
        plugin.returns(COLLECT, new byte[0]);
        collector()
                .collect(
                        List.of(
                                new Sample(
                                        "calls.total",
                                        "1",
                                        List.of(new Chunk.Attribute("plugin", "p")),
                                        new Measurement.Counter(3)),
                                sample("heap", new Measurement.Gauge(-1.5)),
                                sample(
                                        "latency",
                                        new Measurement.Histogram(
                                                4,
                                                2.5,
                                                List.of(
                                                        new Bucket(0.1, 1),
                                                        new Bucket(INFINITE, 4))))));
        List<?> seen = (List<?>) plugin.onlyCall().arguments().get(0);
        Object[] counter = (Object[]) seen.get(0);
        assertEquals(List.of("calls.total", "1"), List.of(counter[0], counter[1]));
        assertArrayEquals(new Object[] {"plugin", "p"}, (Object[]) ((List<?>) counter[2]).get(0));
        assertEquals(new VariantValue(0, 3.0), counter[3]);
        Object[] gauge = (Object[]) seen.get(1);
        assertEquals(List.of("heap", "", List.of()), List.of(gauge[0], gauge[1], gauge[2]));
        assertEquals(new VariantValue(1, -1.5), gauge[3]);
        VariantValue histogram = (VariantValue) ((Object[]) seen.get(2))[3];
        assertEquals(2, histogram.tag());
        Object[] distribution = (Object[]) Objects.requireNonNull(histogram.payload());
        assertEquals(List.of(4L, 2.5), List.of(distribution[0], distribution[1]));
        List<?> buckets = (List<?>) distribution[2];
        assertArrayEquals(new Object[] {0.1, 1L}, (Object[]) buckets.get(0));
        assertArrayEquals(new Object[] {INFINITE, 4L}, (Object[]) buckets.get(1));
        assertEquals(2, buckets.size());
    }

    @Test
    void whatThePluginWroteComesBack() {
        plugin.returns(COLLECT, new byte[] {5, 6, -7});
        assertArrayEquals(new byte[] {5, 6, -7}, Expect.value(collector().collect(List.of())));
    }

    @Test
    void aNameOrBucketsThatTheContractDoesNotAllowAreTheCallersFault() {
        plugin.returns(COLLECT, new byte[0]);
        wrong("", new Measurement.Gauge(1));
        wrong("Upper", new Measurement.Gauge(1));
        wrong("n".repeat(65), new Measurement.Gauge(1));
        wrong("none", new Measurement.Histogram(0, 0, List.of()));
        wrong("finite", new Measurement.Histogram(1, 1, List.of(new Bucket(1, 1))));
        wrong(
                "down",
                new Measurement.Histogram(
                        1,
                        1,
                        List.of(new Bucket(2, 1), new Bucket(1, 1), new Bucket(INFINITE, 1))));
        wrong(
                "nan",
                new Measurement.Histogram(
                        1, 1, List.of(new Bucket(Double.NaN, 1), new Bucket(INFINITE, 1))));
        assertEquals(List.of(), plugin.calls());
        collector().collect(List.of(sample("n".repeat(64), new Measurement.Gauge(1))));
        assertEquals(1, plugin.calls().size());
    }

    private void wrong(String name, Measurement value) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> collector().collect(List.of(sample(name, value))));
        assertTrue(String.valueOf(e.getMessage()).contains("'" + name + "'"), e.getMessage());
    }

    @Test
    void refusalsAndFailuresOfThePluginPassThrough() {
        Expect.passesOn(plugin, COLLECT, p -> collector().collect(List.of()));
    }

    private static Sample sample(String name, Measurement value) {
        return new Sample(name, "", List.of(), value);
    }
}
