package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Bucket;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Grants;
import io.trinity.api.sandbox.CallCounters;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk.Attribute;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsComponentTest {
    private final FakeRegistry registry = new FakeRegistry().with("resize", "shout");
    private final MetricsComponent metrics = new MetricsComponent(Map.of());

    @BeforeEach
    void registry() {
        metrics.registry = registry;
    }

    private long generation = 3;

    private HostCall by(String plugin) {
        return new HostCall(
                PluginRef.named(plugin),
                generation,
                Long.MAX_VALUE,
                Optional.empty(),
                MemoryQuota.UNCOUNTED,
                new CallCounters());
    }

    private static List<Attribute> pairs(String... labels) {
        List<Attribute> pairs = new ArrayList<>();
        for (int i = 0; i < labels.length; i += 2) {
            pairs.add(new Attribute(labels[i], labels[i + 1]));
        }
        return pairs;
    }

    private void add(String plugin, String name, double delta, String... labels) {
        metrics.add(by(plugin), name, delta, pairs(labels));
    }

    private void set(String plugin, String name, double value, String... labels) {
        metrics.set(by(plugin), name, value, pairs(labels));
    }

    private void observe(String plugin, String name, double value, String... labels) {
        metrics.observe(by(plugin), name, value, pairs(labels));
    }

    private List<Sample> own(String plugin) {
        Attribute owner = new Attribute("plugin", plugin);
        return metrics.samples().stream()
                .filter(s -> s.labels().contains(owner))
                .filter(s -> !s.name().startsWith("trinity."))
                .toList();
    }

    private double dropped(String plugin) {
        Attribute owner = new Attribute("plugin", plugin);
        return metrics.samples().stream()
                .filter(s -> s.name().equals("trinity.plugin.metrics.dropped"))
                .filter(s -> s.labels().contains(owner))
                .mapToDouble(s -> ((Measurement.Counter) s.value()).total())
                .sum();
    }

    @Test
    void aCounterAddsUpAndAGaugeIsWhatWasSetLast() {
        add("resize", "images", 1);
        add("resize", "images", 2.5);
        set("resize", "width", 640);
        set("resize", "width", -1);
        List<Attribute> owner = List.of(new Attribute("plugin", "resize"));
        assertEquals(
                List.of(
                        new Sample("images", "", owner, new Measurement.Counter(3.5)),
                        new Sample("width", "", owner, new Measurement.Gauge(-1))),
                own("resize"));
    }

    @Test
    void aHistogramCountsTheValuesUpToEachBoundInclusively() {
        observe("resize", "took", 0.005);
        observe("resize", "took", 0.3);
        observe("resize", "took", 99);
        Measurement.Histogram h = (Measurement.Histogram) own("resize").get(0).value();
        assertEquals(3, h.count());
        assertEquals(99.305, h.sum(), 1e-9);
        assertEquals(new Bucket(0.005, 1), h.buckets().get(0));
        assertEquals(new Bucket(0.25, 1), h.buckets().get(5));
        assertEquals(new Bucket(0.5, 2), h.buckets().get(6));
        assertEquals(new Bucket(10, 2), h.buckets().get(10));
        assertEquals(new Bucket(Double.POSITIVE_INFINITY, 3), h.buckets().get(11));
        assertEquals(12, h.buckets().size());
    }

    @Test
    void theOrderOfLabelsMakesNoOtherSeriesAndTheirValuesDo() {
        add("resize", "n", 1, "b", "2", "a", "1");
        add("resize", "n", 1, "a", "1", "b", "2");
        add("resize", "n", 1, "a", "1", "b", "3");
        assertEquals(2, own("resize").size());
        assertEquals(
                List.of(
                        new Attribute("plugin", "resize"),
                        new Attribute("a", "1"),
                        new Attribute("b", "2")),
                own("resize").get(0).labels());
        assertEquals(new Measurement.Counter(2), own("resize").get(0).value());
    }

    @Test
    void eachPluginHasItsOwn() {
        add("resize", "n", 1);
        set("shout", "m", 5);
        assertEquals(new Measurement.Counter(1), own("resize").get(0).value());
        assertEquals(new Measurement.Gauge(5), own("shout").get(0).value());
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                -1,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MAX_VALUE
            })
    void aDeltaThatIsNegativeOrNotFiniteIsDropped(double delta) {
        add("resize", "n", Double.MAX_VALUE);
        add("resize", "n", delta);
        assertEquals(new Measurement.Counter(Double.MAX_VALUE), own("resize").get(0).value());
        assertEquals(1, dropped("resize"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsNoGaugeAndInNoHistogram(double value) {
        set("resize", "g", 1);
        set("resize", "g", value);
        observe("resize", "h", 1);
        observe("resize", "h", value);
        assertEquals(new Measurement.Gauge(1), own("resize").get(0).value());
        assertEquals(1, ((Measurement.Histogram) own("resize").get(1).value()).count());
        assertEquals(2, dropped("resize"));
    }

    @Test
    void aFirstValueThatIsDroppedMakesNoSeries() {
        add("resize", "n", Double.NaN);
        assertEquals(List.of(), own("resize"));
        set("resize", "n", 1);
        assertEquals(1, own("resize").size());
    }

    @Test
    void theScopeOfAGrantTakesTheLimitDownAndNotUp() {
        metrics.modified(Map.of("maxSeries", "3"));
        for (String[] scopeAndSeries : new String[][] {{"2", "2"}, {"-", "0"}, {"9", "3"}}) {
            metrics.grants = new FixedScope(List.of(scopeAndSeries[0]));
            String plugin = "scope-" + scopeAndSeries[1];
            registry.with(plugin);
            for (int i = 0; i < 5; i++) {
                add(plugin, "n" + i, 1);
            }
            assertEquals(Integer.parseInt(scopeAndSeries[1]), own(plugin).size());
        }
        metrics.grants = new FixedScope(List.of());
        registry.with("free");
        for (int i = 0; i < 5; i++) {
            add("free", "n" + i, 1);
        }
        assertEquals(3, own("free").size());
    }

    /** Grants everything, with one scope. */
    private record FixedScope(List<String> scope) implements Grants {
        @Override
        public List<String> scope(String plugin, Capability capability) {
            return verdict(plugin, "", capability).scope();
        }

        @Override
        public Verdict verdict(String plugin, String digest, Capability capability) {
            return new Verdict(capability, true, "", "", scope);
        }

        @Override
        public Verdict grant(
                String plugin, String digest, Capability capability, List<String> scopes) {
            throw new AssertionError("nobody grants here");
        }

        @Override
        public Verdict revoke(String plugin, String digest, Capability capability) {
            throw new AssertionError("nobody revokes here");
        }
    }

    @Test
    void seriesPastTheLimitAreDroppedAndThoseThatAreThereGoOn() {
        metrics.modified(Map.of("maxSeries", "3"));
        for (int i = 0; i < 5; i++) {
            add("resize", "n", 1, "i", Integer.toString(i));
        }
        add("resize", "n", 1, "i", "0");
        add("shout", "n", 1);
        assertEquals(3, own("resize").size());
        assertEquals(new Measurement.Counter(2), own("resize").get(0).value());
        assertEquals(2, dropped("resize"));
        assertEquals(1, own("shout").size());
        assertEquals(0, dropped("shout"));
        metrics.modified(Map.of("maxSeries", "4"));
        add("resize", "n", 1, "i", "3");
        assertEquals(4, own("resize").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Upper",
                "with space",
                "ümlaut",
                "new\nline",
                "trinity.plugin.calls",
                "jvm.threads",
                "trinity_plugin_memory",
                "trinity-plugin.memory",
                "jvm_memory_used",
                "jvm-x",
                "trinity",
                "_trinity.x",
                "host.cpu"
            })
    void aNameThatIsNotOneOrIsTheHostsIsDropped(String name) {
        add("resize", name, 1);
        add("resize", "x".repeat(65), 1);
        assertEquals(List.of(), own("resize"));
        assertEquals(2, dropped("resize"));
    }

    @Test
    void labelsThatExportersSetAndNamesThatNoneCanWriteAreDropped() {
        for (String label : List.of("le", "quantile", "job", "__name__", ".x", "0a", "_a")) {
            observe("resize", "h", 1, label, "v");
        }
        set("resize", "n", 1, "a.b", "1", "a-b", "2");
        for (String name : List.of(".", "_trinity_plugin_memory", "9digit", "-x")) {
            set("resize", name, 1);
        }
        assertEquals(List.of(), own("resize"));
        assertEquals(12.0, dropped("resize"));
    }

    @Test
    void whoComesLaterTakesNobodysNameForAnotherKind() {
        add("shout", "requests.served", 7);
        set("resize", "requests-served", 1);
        add("resize", "requests_served", 1);
        assertEquals(1, own("shout").size());
        assertEquals(1, own("resize").size());
        assertEquals(1.0, dropped("resize"));
    }

    @Test
    void namesAndLabelsHaveABoundInAll() {
        for (int i = 0; i < 200; i++) {
            String[] labels = new String[16];
            for (int l = 0; l < 8; l++) {
                labels[2 * l] = "l" + l + "x".repeat(50);
                labels[2 * l + 1] = i + "v".repeat(100);
            }
            add("resize", "n", 1, labels);
        }
        assertEquals(106, own("resize").size());
        assertEquals(94.0, dropped("resize"));
    }

    @Test
    void labelsAreBoundedInNumberNamesAndValuesAndCannotNameAnotherPlugin() {
        add("resize", "n", 1, "plugin", "shout");
        add("resize", "n", 1, "Upper", "x");
        add("resize", "n", 1, "a", "x".repeat(129));
        add("resize", "n", 1, "a", "ü".repeat(65));
        add("resize", "n", 1, "a", "forged\n1");
        add("resize", "n", 1, "a", "1", "a", "2");
        add(
                "resize", "n", 1, "a", "", "b", "", "c", "", "d", "", "e", "", "f", "", "g", "",
                "h", "", "i", "");
        assertEquals(List.of(), own("resize"));
        assertEquals(List.of(), own("shout"));
        assertEquals(7, dropped("resize"));
        add(
                "resize",
                "n",
                1,
                "a",
                "ü".repeat(64),
                "b",
                "",
                "c",
                "",
                "d",
                "",
                "e",
                "",
                "f",
                "",
                "g",
                "",
                "h",
                "");
        assertEquals(1, own("resize").size());
    }

    @Test
    void oneNameIsOneKindWithinAPlugin() {
        add("resize", "n", 1);
        set("resize", "n", 9);
        set("resize", "n", 9, "a", "b");
        assertEquals(new Measurement.Counter(1), own("resize").get(0).value());
        assertEquals(1, own("resize").size());
        assertEquals(2, dropped("resize"));
    }

    @Test
    void noTwoSeriesHaveALineOfExportersInCommon() {
        set("resize", "x.total", 1);
        add("resize", "x", 1);
        observe("resize", "y", 1);
        set("resize", "y.count", 1);
        set("resize", "y-sum", 1);
        add("resize", "y.bucket", 1);
        set("resize", "z.z", 1);
        set("resize", "z-z", 1);
        add("resize", "w.total", 1);
        add("resize", "w", 1);
        assertEquals(
                List.of("x.total", "y", "z.z", "w.total"),
                own("resize").stream().map(Sample::name).toList());
        assertEquals(6, dropped("resize"));
        // Nor with another plugin's, but for the same family.
        add("shout", "x", 1);
        set("shout", "y", 1);
        set("shout", "y.count", 1);
        observe("shout", "y", 1);
        add("shout", "w", 1);
        assertEquals(List.of("y", "w"), own("shout").stream().map(Sample::name).toList());
        assertEquals(3, dropped("shout"));
    }

    @Test
    void aNewVersionMayNameASeriesOtherwise() {
        PluginMetrics own = new PluginMetrics("resize");
        for (String name : List.of("x.total", "x-total")) {
            long generation = name.equals("x.total") ? 1 : 2;
            own.take(
                    generation,
                    Accumulator.Kind.SET,
                    name,
                    1,
                    List.of(),
                    () -> 9,
                    n -> Optional.empty());
        }
        assertEquals("x-total", own.samples().get(0).name());
    }

    @Test
    void aReasonIsToldOfOnceAndNoMoreThanSixteenAre() {
        PluginMetrics own = new PluginMetrics("resize");
        assertTrue(
                own.take(1, Accumulator.Kind.ADD, "n", 1, List.of(), () -> 0, n -> Optional.empty())
                        .contains("raise maxSeries"));
        assertEquals(
                "",
                own.take(
                        1,
                        Accumulator.Kind.ADD,
                        "m",
                        1,
                        List.of(),
                        () -> 0,
                        n -> Optional.empty()));
        int told = 1;
        for (int i = 0; i < 100; i++) {
            String why =
                    own.take(
                            1,
                            Accumulator.Kind.ADD,
                            "trinity." + i,
                            1,
                            List.of(),
                            () -> 0,
                            n -> Optional.empty());
            told += why.isEmpty() ? 0 : 1;
        }
        assertEquals(16, told);
    }

    @Test
    void aHistogramsTextCountsOnceForEachOfItsLines() {
        String text = "v".repeat(SeriesNames.MAX_VALUE_BYTES);
        Map<Accumulator.Kind, Integer> room = new EnumMap<>(Accumulator.Kind.class);
        for (Accumulator.Kind kind : Accumulator.Kind.values()) {
            PluginMetrics own = new PluginMetrics("resize");
            String why = "";
            int count = 0;
            for (; why.isEmpty(); count++) {
                Attribute label = new Attribute("l", text.substring(4) + (1000 + count));
                why =
                        own.take(
                                1,
                                kind,
                                "n",
                                1,
                                List.of(label),
                                () -> 10_000,
                                n -> Optional.empty());
            }
            room.put(kind, count - 1);
        }
        int line = 2 + SeriesNames.MAX_VALUE_BYTES;
        assertEquals(PluginMetrics.MAX_TEXT_BYTES / line, room.get(Accumulator.Kind.ADD));
        assertEquals(PluginMetrics.MAX_TEXT_BYTES / line, room.get(Accumulator.Kind.SET));
        assertEquals(
                PluginMetrics.MAX_TEXT_BYTES / (14 * line), room.get(Accumulator.Kind.OBSERVE));
        Measurement.Histogram h =
                (Measurement.Histogram) Accumulator.Kind.OBSERVE.create().reading();
        assertEquals(h.buckets().size() + 2, Accumulator.Kind.OBSERVE.lines());
    }

    @Test
    void seriesLiveWhileTheRegistryKnowsThePluginAndGoWithIt() {
        add("resize", "n", 1);
        add("resize", "n", 1);
        registry.plugins.clear();
        registry.with("resize");
        assertEquals(new Measurement.Counter(2), own("resize").get(0).value());
        registry.plugins.clear();
        assertEquals(List.of(), metrics.samples());
        registry.with("resize");
        add("resize", "n", 1);
        assertEquals(new Measurement.Counter(1), own("resize").get(0).value());
    }

    @Test
    void aNewPluginsFirstReadingMakesRoomOfWhatTheGoneLeft() {
        add("resize", "n", 1);
        registry.plugins.clear();
        registry.with("shout");
        add("shout", "n", 1);
        metrics.registry = null;
        assertTrue(own("resize").isEmpty());
        assertFalse(own("shout").isEmpty());
    }

    @Test
    void whileThereIsNoRegistryNothingIsForgotten() {
        add("resize", "n", 1);
        metrics.registry = null;
        assertEquals(1, own("resize").size());
    }

    @Test
    void manyThreadsLoseNoReading() throws InterruptedException {
        int threads = 8;
        int rounds = 2000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = 0; i < rounds; i++) {
                                    add("resize", "n", 1);
                                    observe("resize", "h", 1);
                                }
                                done.countDown();
                            });
            thread.start();
        }
        done.await();
        assertEquals(new Measurement.Counter(threads * rounds), own("resize").get(0).value());
        assertEquals(
                threads * rounds, ((Measurement.Histogram) own("resize").get(1).value()).count());
    }

    private void committed(String plugin, long number) {
        generation = number;
        registry.plugins.clear();
        registry.plugins.add(FakeRegistry.plugin(plugin, number));
    }

    private double dropped(String plugin, String reason) {
        List<Attribute> which =
                List.of(new Attribute("plugin", plugin), new Attribute("reason", reason));
        return metrics.samples().stream()
                .filter(s -> s.name().equals("trinity.plugin.metrics.dropped"))
                .filter(s -> s.labels().equals(which))
                .mapToDouble(s -> ((Measurement.Counter) s.value()).total())
                .sum();
    }

    @Test
    void aMendedVersionHasItsOwnSeriesAndThoseOfTheOldOneGo() {
        metrics.modified(Map.of("maxSeries", "3"));
        for (int i = 0; i < 9; i++) {
            add("resize", "files", 1, "file", Integer.toString(i));
        }
        add("resize", "Total", 1);
        assertEquals(6, dropped("resize", "series"));
        assertEquals(1, dropped("resize", "name"));
        committed("resize", 4);
        assertEquals(List.of(), own("resize"));
        assertEquals(0, dropped("resize"));
        for (int i = 0; i < 3; i++) {
            add("resize", "mended." + i, 1);
        }
        assertEquals(3, own("resize").size());
        assertEquals(0, dropped("resize"));
    }

    @Test
    void whatTheNewVersionCountsAsTheOldOneDidGoesOn() {
        add("resize", "images", 5);
        add("resize", "errors", 1);
        committed("resize", 4);
        add("resize", "images", 2);
        assertEquals(1, own("resize").size());
        assertEquals(new Measurement.Counter(7), own("resize").get(0).value());
    }

    @Test
    void aVersionThatIsRefusedTakesNothingFromTheOneThatServes() {
        metrics.modified(Map.of("maxSeries", "2"));
        add("resize", "images", 5);
        add("resize", "errors", 1);
        generation = 4;
        set("resize", "begun", 1);
        generation = 3;
        assertEquals(3, own("resize").size());
        add("resize", "images", 1);
        assertEquals(new Measurement.Counter(6), own("resize").get(0).value());
    }

    @Test
    void aNameMayBecomeAnotherKindInANewVersion() {
        add("resize", "n", 1);
        committed("resize", 4);
        set("resize", "n", 9);
        assertEquals(new Measurement.Gauge(9), own("resize").get(0).value());
        assertEquals(0, dropped("resize"));
    }

    @Test
    void lateCallsOfTheOldVersionFillNobodysSeries() {
        metrics.modified(Map.of("maxSeries", "2"));
        add("resize", "a", 1);
        committed("resize", 4);
        add("resize", "b", 1);
        generation = 3;
        for (int i = 0; i < 9; i++) {
            add("resize", "late", 1, "i", Integer.toString(i));
        }
        generation = 4;
        add("resize", "c", 1);
        assertEquals(List.of("b", "c"), own("resize").stream().map(Sample::name).toList());
    }

    @Test
    void manyVersionsWithoutAnybodyWhoGathersStayBounded() {
        metrics.modified(Map.of("maxSeries", "5"));
        for (int version = 4; version < 40; version++) {
            committed("resize", version);
            for (int i = 0; i < 9; i++) {
                add("resize", "v" + version, 1, "i", Integer.toString(i));
            }
        }
        assertEquals(5, own("resize").size());
        assertEquals("v39", own("resize").get(0).name());
    }
}
