package io.trinity.pipeline;

import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Sample;
import io.trinity.api.pipeline.PipelineStatus.Counts;
import io.trinity.api.pipeline.PipelineStatus.LastFailure;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk.Attribute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a pipeline did since it started: chunks as they pass, files and streams when they end. What
 * passed of a file that is begun anew passed twice. Thread-safe.
 */
final class Counters {
    final LongAdder done = new LongAdder();
    final LongAdder partial = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder chunksIn = new LongAdder();
    final LongAdder chunksOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder windows = new LongAdder();
    final AtomicInteger queued = new AtomicInteger();
    volatile Optional<LastFailure> lastFailure = Optional.empty();
    volatile boolean lastVetoed;

    synchronized void add(RunReport r) {
        (r.fault().isPresent() ? failed : done).increment();
        partial.add(r.status() == RunReport.Status.PARTIAL ? 1 : 0);
        lastVetoed = r.fault().filter(f -> f.code() == ErrorCode.HOOK_VETO).isPresent();
        lastFailure =
                r.fault()
                        .map(f -> new LastFailure(Names.printable(r.source()), f, now(), false))
                        .or(
                                () ->
                                        lastFailure.map(
                                                l ->
                                                        new LastFailure(
                                                                l.file(), l.fault(), l.at(),
                                                                true)));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    Counts counts() {
        return new Counts(
                done.sum(),
                partial.sum(),
                failed.sum(),
                chunksIn.sum(),
                chunksOut.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                windows.sum());
    }

    List<Sample> samples(String pipeline) {
        List<Attribute> labels = List.of(new Attribute("pipeline", pipeline));
        return List.of(
                counter("trinity.pipeline.done", "1", labels, done),
                counter("trinity.pipeline.partial", "1", labels, partial),
                counter("trinity.pipeline.failed", "1", labels, failed),
                counter("trinity.pipeline.chunks-in", "1", labels, chunksIn),
                counter("trinity.pipeline.chunks-out", "1", labels, chunksOut),
                counter("trinity.pipeline.bytes-in", "By", labels, bytesIn),
                counter("trinity.pipeline.bytes-out", "By", labels, bytesOut),
                counter("trinity.pipeline.windows", "1", labels, windows),
                new Sample("trinity.pipeline.queued", "1", labels, new Gauge(queued.get())));
    }

    private static Sample counter(
            String name, String unit, List<Attribute> labels, LongAdder total) {
        return new Sample(name, unit, labels, new Counter(total.sum()));
    }
}
