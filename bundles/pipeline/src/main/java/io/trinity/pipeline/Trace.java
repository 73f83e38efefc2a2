package io.trinity.pipeline;

import io.trinity.api.hook.HookTrace;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each plugin did at each place for one stream. Confined to one thread. */
final class Trace implements HookTrace {
    private record Key(String plugin, String place) {}

    private static final class Sum {
        long calls;
        long failures;
        long chunksIn;
        long chunksOut;
        long nanos;
        final Map<String, Long> outcomes = new TreeMap<>();
    }

    private final Map<Key, Sum> sums = new LinkedHashMap<>();

    @Override
    public void called(String plugin, HookPoint point, String outcome, long nanos) {
        add(plugin, point.label(), outcome, false, 0, 0, nanos);
    }

    @Override
    public void failed(String plugin, HookPoint point, ErrorCode code, String message, long nanos) {
        add(plugin, point.label(), code.name(), true, 0, 0, nanos);
    }

    /** A plugin was called. */
    void add(
            String plugin,
            String place,
            String outcome,
            boolean failed,
            long chunksIn,
            long chunksOut,
            long nanos) {
        Sum s = sums.computeIfAbsent(new Key(plugin, place), k -> new Sum());
        s.calls++;
        s.failures += failed ? 1 : 0;
        s.chunksIn += chunksIn;
        s.chunksOut += chunksOut;
        s.nanos += nanos;
        s.outcomes.merge(outcome, 1L, Long::sum);
    }

    /** In the order of first use. */
    List<TraceEntry> entries() {
        return sums.entrySet().stream().map(e -> entry(e.getKey(), e.getValue())).toList();
    }

    private static TraceEntry entry(Key k, Sum s) {
        return new TraceEntry(
                k.plugin(),
                k.place(),
                s.calls,
                s.failures,
                s.chunksIn,
                s.chunksOut,
                s.nanos / 1000,
                s.outcomes.entrySet().stream()
                        .map(o -> o.getKey() + " " + o.getValue())
                        .collect(Collectors.joining(", ")));
    }
}
