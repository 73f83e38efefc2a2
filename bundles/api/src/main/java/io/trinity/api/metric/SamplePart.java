package io.trinity.api.metric;

import io.trinity.api.plugin.ReservedNames;
import io.trinity.api.stream.Chunk.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * As many samples as a text of a bounded size has room for. The host's own come first, then those
 * of plugins, who have little before who have much: a plugin with many or long series costs itself
 * its readings, and nobody else. Pure.
 *
 * @param samples in their order; behind them, for each plugin of which something is left out, gauge
 *     {@value #LEFT_OUT}
 * @param leftOut how many there was no room for, by plugin; of the host's own under the empty name
 */
public record SamplePart(List<Sample> samples, Map<String, Integer> leftOut) {
    /** The name of the gauge. */
    public static final String LEFT_OUT = "trinity.plugin.metrics.left-out";

    private static final String OWNER = "plugin";

    /** Of a histogram: its sum and its count. */
    private static final int BESIDE_BUCKETS = 2;

    /** A value, a bucket's bound, and what stands between. */
    private static final int LINE_BYTES = 72;

    /** Unit and ending, as exporters add them. */
    private static final int NAME_BYTES = 20;

    /** What exporters say of a metric before its first line. */
    private static final int HEAD_BYTES = 48;

    public SamplePart {
        samples = List.copyOf(samples);
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * The part that has room.
     *
     * @param maxLines most lines; a histogram has one for each bucket and two more
     * @param maxBytes most bytes, reckoned as {@link #bytes} does, with one heading for each name
     */
    public static SamplePart of(List<Sample> samples, long maxLines, long maxBytes) {
        Map<String, Share> shares = new TreeMap<>();
        for (Sample s : samples) {
            shares.computeIfAbsent(owner(s), Share::new).add(s);
        }
        List<Share> byTurn = new ArrayList<>(shares.values());
        byTurn.sort(
                Comparator.comparing((Share s) -> !s.owner.isEmpty()).thenComparing(s -> s.bytes));
        long lines = maxLines;
        long bytes = maxBytes;
        Set<String> named = new HashSet<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        for (Share share : byTurn) {
            while (share.taken < share.samples.size()) {
                Sample s = share.samples.get(share.taken);
                long cost = named.contains(s.name()) ? lineBytes(s) : bytes(s);
                if (lines(s) > lines || cost > bytes) {
                    leftOut.put(share.owner, share.samples.size() - share.taken);
                    break;
                }
                lines -= lines(s);
                bytes -= cost;
                named.add(s.name());
                share.taken++;
            }
        }
        return leftOut.isEmpty()
                ? new SamplePart(samples, Map.of())
                : new SamplePart(kept(samples, shares, leftOut), leftOut);
    }

    private static List<Sample> kept(
            List<Sample> samples, Map<String, Share> shares, Map<String, Integer> leftOut) {
        List<Sample> kept = new ArrayList<>();
        for (Sample s : samples) {
            Share share = shares.get(owner(s));
            if (share != null && share.passed++ < share.taken) {
                kept.add(s);
            }
        }
        leftOut.forEach(
                (plugin, count) -> {
                    if (!plugin.isEmpty()) {
                        kept.add(
                                new Sample(
                                        LEFT_OUT,
                                        "1",
                                        List.of(new Attribute(OWNER, plugin)),
                                        new Measurement.Gauge(count)));
                    }
                });
        return kept;
    }

    /** What one of them has, and how much of it is taken. */
    private static final class Share {
        final String owner;
        final List<Sample> samples = new ArrayList<>();
        long bytes;
        int taken;
        int passed;

        Share(String owner) {
            this.owner = owner;
        }

        void add(Sample s) {
            samples.add(s);
            bytes += bytes(s);
        }
    }

    /** The plugin whose own reading it is; empty for all others. */
    private static String owner(Sample s) {
        if (ReservedNames.isWithinReserved(s.name())) {
            return "";
        }
        return s.labels().stream()
                .filter(l -> l.name().equals(OWNER))
                .map(Attribute::value)
                .findFirst()
                .orElse("");
    }

    /** Lines that exporters make of a sample. */
    public static int lines(Sample s) {
        return s.value() instanceof Measurement.Histogram h
                ? h.buckets().size() + BESIDE_BUCKETS
                : 1;
    }

    /**
     * No fewer bytes than an exporter's text of it has, escapes and the metric's heading included.
     */
    public static long bytes(Sample s) {
        return lineBytes(s) + 2L * (utf8(s.name()) + NAME_BYTES) + HEAD_BYTES;
    }

    private static long lineBytes(Sample s) {
        long line = utf8(s.name()) + NAME_BYTES + LINE_BYTES;
        for (Attribute a : s.labels()) {
            // Of a value each byte may be escaped; "," and "=" and the quotes stand around it.
            line += utf8(a.name()) + 2L * utf8(a.value()) + 4;
        }
        return lines(s) * line;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
