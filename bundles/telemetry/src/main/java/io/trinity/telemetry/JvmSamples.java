package io.trinity.telemetry;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.stream.Chunk.Attribute;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

/** What the JVM says of itself. Thread-safe. */
final class JvmSamples implements MetricSource {
    private static final double MILLIS_PER_SECOND = 1000;

    @Override
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        add(samples, "jvm.heap.used", "By", List.of(), new Gauge(heap.getUsed()));
        if (heap.getMax() >= 0) {
            add(samples, "jvm.heap.max", "By", List.of(), new Gauge(heap.getMax()));
        }
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        add(samples, "jvm.threads", "1", List.of(), new Gauge(threads));
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND;
        add(samples, "jvm.uptime", "s", List.of(), new Gauge(uptime));
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            List<Attribute> which = List.of(new Attribute("gc", gc.getName()));
            // -1 is "not known".
            double seconds = Math.max(0, gc.getCollectionTime()) / MILLIS_PER_SECOND;
            double count = Math.max(0, gc.getCollectionCount());
            add(samples, "jvm.gc.collections", "1", which, new Counter(count));
            add(samples, "jvm.gc.time", "s", which, new Counter(seconds));
        }
        return samples;
    }

    private static void add(
            List<Sample> to, String name, String unit, List<Attribute> labels, Measurement value) {
        to.add(new Sample(name, unit, labels, value));
    }
}
