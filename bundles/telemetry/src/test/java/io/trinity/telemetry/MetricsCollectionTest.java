package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.metric.SamplePart;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.CallCounters;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk.Attribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCollectionTest {
    private static final Sample READING =
            new Sample("queue.length", "1", List.of(), new Measurement.Gauge(7));

    @TempDir Path folder;
    private final RecordingLog log = new RecordingLog();
    private final FakeRegistry registry = new FakeRegistry().with("resize");
    private final FakeHooks hooks = new FakeHooks();
    private final MetricSource plugins = new PluginSamples(() -> registry);
    private int asked;
    private MetricsCollection round;

    @BeforeEach
    void round() {
        RecurringWarnings warnings = new RecurringWarnings(log);
        round = new MetricsCollection(warnings, new Reports(folder, warnings));
    }

    private List<Sample> source() {
        asked++;
        return List.of(READING);
    }

    private List<MetricSource> with(List<MetricSource> sources) {
        List<MetricSource> all = new ArrayList<>(sources);
        all.add(plugins);
        return all;
    }

    private void run(List<MetricSource> sources, MetricCollector... collectors) {
        round.run(new MetricsCollection.Present(with(sources), hooks, List.of(collectors)));
    }

    @Test
    void whereNobodyWantsThemNothingIsGathered() {
        run(List.of(this::source));
        round.run(new MetricsCollection.Present(with(List.of(this::source)), null, List.of()));
        assertEquals(0, registry.asked);
        assertEquals(0, asked);
        hooks.listening = true;
        run(List.of(this::source));
        assertEquals(1, registry.asked);
        assertEquals(1, asked);
    }

    @Test
    void aPluginThatHasMoreThanACollectorCanWriteCostsItselfItsReadings() {
        hooks.listening = true;
        FakeCollector collector = new FakeCollector("json");
        List<Sample> many = new ArrayList<>();
        for (int i = 0; i < MetricsCollection.MAX_LINES; i++) {
            many.add(
                    new Sample(
                            "m" + i,
                            "",
                            List.of(new Attribute("plugin", "hog")),
                            new Measurement.Gauge(i)));
        }
        run(List.of(() -> many, this::source), collector);
        assertTrue(collector.given.contains(READING));
        assertTrue(collector.given.stream().filter(s -> s.name().startsWith("m")).count() > 1_000);
        assertTrue(
                collector.given.stream().mapToLong(SamplePart::bytes).sum()
                        <= MetricsCollection.MAX_BYTES + 1_000);
        assertEquals(
                1, hooks.given.stream().filter(s -> s.name().equals(SamplePart.LEFT_OUT)).count());
    }

    @Test
    void hooksAndCollectorsAreGivenTheSameReadingsOfPluginsAndSources() {
        hooks.listening = true;
        FakeCollector collector = new FakeCollector("json");
        run(List.of(this::source, new JvmSamples()), collector);
        assertSame(hooks.given, collector.given);
        assertTrue(collector.given.contains(READING));
        List<Attribute> who = List.of(new Attribute("plugin", "resize"));
        assertTrue(
                collector.given.contains(
                        new Sample("trinity.plugin.calls", "1", who, new Measurement.Counter(10))));
        assertTrue(
                collector.given.contains(
                        new Sample(
                                "trinity.plugin.memory",
                                "By",
                                who,
                                new Measurement.Gauge(65_536))));
        assertTrue(
                collector.given.contains(
                        new Sample(
                                "trinity.plugin.call.mean",
                                "s",
                                who,
                                new Measurement.Gauge(0.0015))));
        assertTrue(
                collector.given.contains(
                        new Sample(
                                "trinity.plugin.state",
                                "1",
                                List.of(who.get(0), new Attribute("state", "active")),
                                new Measurement.Gauge(1))));
    }

    @Test
    void allNamesOfTheHostAreNamesOfTheContract() {
        FakeCollector collector = new FakeCollector("json");
        run(List.of(new JvmSamples()), collector);
        assertTrue(collector.given.size() > 10);
        for (Sample s : collector.given) {
            assertTrue(s.name().matches("[a-z0-9._-]{1,64}"), s.name());
        }
    }

    @Test
    void aPluginsReadingUnderANameOfTheHostsIsDroppedInEverySpellingAndCounted() {
        MetricsComponent metrics = new MetricsComponent(Map.of());
        metrics.registry = registry;
        for (String name : List.of("queue.length", "queue_length", "queue-length", "queue.depth")) {
            metrics.set(
                    new HostCall(
                            PluginRef.named("resize"),
                            3,
                            Long.MAX_VALUE,
                            Optional.empty(),
                            MemoryQuota.UNCOUNTED,
                            new CallCounters()),
                    name,
                    666,
                    List.of());
        }
        FakeCollector collector = new FakeCollector("json");
        run(List.of(metrics, this::source), collector);
        assertEquals(
                List.of("queue.depth", "queue.length"),
                collector.given.stream()
                        .map(Sample::name)
                        .filter(n -> n.startsWith("queue"))
                        .sorted()
                        .toList());
        assertTrue(collector.given.contains(READING));
        run(List.of(metrics, this::source), collector);
        // The second and third are spelled as the first, and dropped before.
        assertEquals(
                3,
                collector.given.stream()
                        .filter(s -> s.name().equals("trinity.plugin.metrics.dropped"))
                        .mapToDouble(s -> ((Measurement.Counter) s.value()).total())
                        .sum(),
                () -> collector.given.toString());
    }

    @Test
    void aSourceThatFailsCostsItsOwnReadingsAndIsToldOfOnce() {
        FakeCollector collector = new FakeCollector("json");
        MetricSource broken =
                () -> {
                    throw new IllegalStateException("no connection");
                };
        List<MetricSource> sources = List.of(broken, this::source);
        run(sources, collector);
        run(sources, collector);
        assertTrue(collector.given.contains(READING));
        assertEquals(1, log.lines.size(), log.lines.toString());
        assertTrue(log.lines.get(0).contains("no connection"), log.lines.get(0));
    }
}
