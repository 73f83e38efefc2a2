package io.trinity.api.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.metric.Measurement.Bucket;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Measurement.Histogram;
import io.trinity.api.stream.Chunk.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplePartTest {
    private static final Histogram HISTOGRAM =
            new Histogram(1, 1, List.of(new Bucket(1, 1), new Bucket(Double.POSITIVE_INFINITY, 1)));

    private static Sample of(String plugin, String name, Measurement value, String label) {
        return new Sample(
                name,
                "",
                List.of(new Attribute("plugin", plugin), new Attribute("l", label)),
                value);
    }

    private static List<Sample> gauges(String plugin, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> of(plugin, "g" + i, new Gauge(i), "x"))
                .toList();
    }

    private static Map<String, Long> countsByName(SamplePart part) {
        return part.samples().stream()
                .collect(
                        Collectors.groupingBy(
                                s ->
                                        s.name().equals(SamplePart.LEFT_OUT)
                                                ? "left out"
                                                : s.labels().get(0).value(),
                                Collectors.counting()));
    }

    @Test
    void whatFitsIsAsItWas() {
        List<Sample> all = gauges("a", 10);
        SamplePart part = SamplePart.of(all, 10, 1 << 20);
        assertEquals(all, part.samples());
        assertEquals(Map.of(), part.leftOut());
    }

    @Test
    void aHistogramCountsItsBucketsAndTwo() {
        assertEquals(4, SamplePart.lines(of("a", "h", HISTOGRAM, "")));
        List<Sample> two = List.of(of("a", "h", HISTOGRAM, "1"), of("a", "h", HISTOGRAM, "2"));
        assertEquals(2, SamplePart.of(two, 8, 1 << 20).samples().size());
        assertEquals(Map.of("a", 1), SamplePart.of(two, 7, 1 << 20).leftOut());
    }

    @Test
    void whoHasMuchIsLeftOutAndNobodyElse() {
        List<Sample> all = new ArrayList<>(gauges("hog", 100));
        all.addAll(gauges("small", 3));
        all.add(of("hog", "trinity.plugin.calls", new Gauge(1), "x"));
        SamplePart part = SamplePart.of(all, 20, 1 << 20);
        assertEquals(Map.of("hog", 17L, "small", 3L, "left out", 1L), countsByName(part));
        assertEquals(Map.of("hog", 84), part.leftOut());
        assertTrue(part.samples().contains(all.get(103)), "the host's own");
        assertEquals(all.subList(0, 16), part.samples().subList(0, 16));
        assertEquals(
                new Sample(
                        SamplePart.LEFT_OUT,
                        "1",
                        List.of(new Attribute("plugin", "hog")),
                        new Gauge(84)),
                part.samples().get(part.samples().size() - 1));
    }

    @Test
    void longLabelsAreLeftOutByTheirBytes() {
        List<Sample> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(of("hog", "g", new Gauge(i), i + "\"".repeat(500)));
        }
        all.addAll(gauges("small", 3));
        SamplePart part = SamplePart.of(all, 1_000, 20_000);
        assertEquals(3, countsByName(part).get("small"));
        assertTrue(part.leftOut().get("hog") > 80, part.leftOut().toString());
        assertTrue(countsByName(part).get("hog") > 5, part.leftOut().toString());
    }

    @Test
    void theHostsOwnBeyondTheBoundAreLeftOutToo() {
        List<Sample> all =
                IntStream.range(0, 5)
                        .mapToObj(i -> of("a", "jvm.x" + i, new Gauge(i), "x"))
                        .toList();
        SamplePart part = SamplePart.of(all, 3, 1 << 20);
        assertEquals(all.subList(0, 3), part.samples());
        assertEquals(Map.of("", 2), part.leftOut());
    }
}
