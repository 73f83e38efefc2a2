package io.trinity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Bucket;
import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Measurement.Histogram;
import io.trinity.api.metric.Sample;
import io.trinity.api.stream.Chunk.Attribute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static Sample sample(String name, String unit, Measurement value, String... labels) {
        List<Attribute> all = new java.util.ArrayList<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.add(new Attribute(labels[i], labels[i + 1]));
        }
        return new Sample(name, unit, all, value);
    }

    private static String text(String accept, Sample... samples) throws IOException {
        return new String(Exposition.of(List.of(samples), accept).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void namesHaveTheirUnitOnceAndCountersEndInTotal() throws IOException {
        String text =
                text(
                        "",
                        sample("trinity.plugin.memory", "By", new Gauge(5), "plugin", "a"),
                        sample("trinity.plugin.bytes.in", "By", new Counter(7), "plugin", "a"),
                        sample("jvm.uptime", "s", new Gauge(1)));
        assertTrue(text.contains("trinity_plugin_memory_bytes{plugin=\"a\"} 5.0\n"), text);
        assertTrue(text.contains("trinity_plugin_bytes_in_total{plugin=\"a\"} 7.0\n"), text);
        assertTrue(text.contains("jvm_uptime_seconds 1.0\n"), text);
    }

    @Test
    void whatAStrangerChoseIsEscaped() throws IOException {
        String text = text("", sample("x", "", new Gauge(1), "l", "a\"} 1\nforged{x=\"\\"));
        assertTrue(text.contains("x{l=\"a\\\"} 1\\nforged{x=\\\"\\\\\"} 1.0\n"), text);
    }

    @Test
    void aHistogramWhoseLabelIsThatOfBucketsCostsNobodyTheAnswer() throws IOException {
        Histogram h =
                new Histogram(1, 1, List.of(new Measurement.Bucket(Double.POSITIVE_INFINITY, 1)));
        String text =
                text("", sample("h", "", h, "le", "9"), sample("h", "", h, "plugin", "honest"));
        assertTrue(text.contains("h_count{plugin=\"honest\"} 1\n"), text);
        assertTrue(text.contains("trinity_metrics_left_out 1.0\n"), text);
    }

    @Test
    void whatClashesIsLeftOutAndCounted() throws IOException {
        String text =
                text(
                        "",
                        sample("a.b", "", new Gauge(1), "l", "1"),
                        sample("a-b", "", new Gauge(2), "l", "1"),
                        sample("a_b", "", new Counter(3), "l", "2"),
                        sample("c", "", new Gauge(4), "l.x", "1", "l-x", "2"));
        assertTrue(text.contains("a_b{l=\"1\"} 1.0\n"), text);
        assertTrue(text.contains("trinity_metrics_left_out 3.0\n"), text);
    }

    @Test
    void moreThanAScraperTakesIsLeftOutAndCountedAndNobodyElseWritesThatCount() throws IOException {
        Sample[] many = new Sample[Exposition.MAX_LINES + 3];
        many[0] = sample(Exposition.LEFT_OUT, "", new Gauge(0));
        for (int i = 1; i < many.length; i++) {
            many[i] = sample("g", "", new Gauge(1), "l", Integer.toString(i));
        }
        String text = text("", many);
        assertTrue(text.contains("trinity_metrics_left_out 4.0\n"), "left out");
        assertEquals(
                Exposition.MAX_LINES - 1, text.lines().filter(l -> l.startsWith("g{")).count());
    }

    /** As much as plugins may have, of what makes most bytes. */
    @Test
    void anAnswerHasNoMoreThanItsBytesWhateverPluginsHave() throws IOException {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            buckets.add(new Bucket(i / 3.0, i));
        }
        buckets.add(new Bucket(Double.POSITIVE_INFINITY, 12));
        Histogram h = new Histogram(12, 0.1 + 0.2, buckets);
        List<Sample> all = new ArrayList<>();
        for (int plugin = 0; plugin < 8; plugin++) {
            for (int i = 0; i < 200; i++) {
                all.add(
                        sample(
                                "n".repeat(60) + plugin,
                                "s",
                                h,
                                "plugin",
                                "e" + plugin,
                                "a".repeat(64),
                                i + "\"\\".repeat(60),
                                "b".repeat(64),
                                "\"\\".repeat(64)));
            }
        }
        all.add(sample("g", "", new Gauge(1), "plugin", "honest"));
        all.add(sample("trinity.plugins", "", new Gauge(9)));
        for (String accept : List.of("", "application/openmetrics-text; version=1.0.0")) {
            byte[] bytes = Exposition.of(all, accept).bytes();
            // The lines of who has too much come besides.
            assertTrue(bytes.length <= Exposition.MAX_BYTES + 10_000, bytes.length + " bytes");
            assertTrue(bytes.length > Exposition.MAX_BYTES / 2, bytes.length + " bytes");
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertTrue(text.contains("\ng{plugin=\"honest\"} 1.0\n"), "honest");
            assertTrue(text.contains("\ntrinity_plugins 9.0\n"), "the host's");
            assertTrue(
                    text.contains("\ntrinity_plugin_metrics_left_out{plugin=\"e7\"} 200.0\n"),
                    "left out");
        }
    }

    @Test
    void aCounterThatWasTurnedBackIsZero() throws IOException {
        assertTrue(text("", sample("c", "", new Counter(-1))).contains("c_total 0.0\n"));
    }

    @Test
    void histogramsAreCumulative() throws IOException {
        String text =
                text(
                        "",
                        sample(
                                "h",
                                "",
                                new Histogram(
                                        3,
                                        4.5,
                                        List.of(
                                                new Bucket(1, 2),
                                                new Bucket(Double.POSITIVE_INFINITY, 3)))));
        assertTrue(text.contains("h_bucket{le=\"1.0\"} 2\n"), text);
        assertTrue(text.contains("h_bucket{le=\"+Inf\"} 3\n"), text);
        assertTrue(text.contains("h_sum 4.5\n"), text);
    }

    @Test
    void whoAsksForOpenMetricsGetsIt() throws IOException {
        assertTrue(
                text("application/openmetrics-text; version=1.0.0", sample("g", "", new Gauge(1)))
                        .endsWith("# EOF\n"));
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                Exposition.of(List.of(), "*/*").contentType());
    }

    @Property
    void noNameOrLabelOfAPluginBreaksTheWhole(
            @ForAll String name, @ForAll String label, @ForAll String value) throws IOException {
        if (name.isEmpty()) {
            return;
        }
        String text =
                text(
                        "",
                        sample("first", "", new Gauge(1)),
                        sample(name, "", new Counter(2), label, value));
        assertTrue(text.contains("\nfirst 1.0\n"), text);
        assertFalse(text.contains("\n\n"), text);
    }
}
