package io.trinity.telemetry;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Veto;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Window;
import java.util.List;
import java.util.Optional;

/** A hook bus on which somebody listens for metrics, or nobody. */
final class FakeHooks implements HookBus {
    boolean listening;
    List<Sample> given = List.of();

    @Override
    public boolean listens(HookPoint point) {
        return listening && point == HookPoint.ON_METRICS;
    }

    @Override
    public void onMetrics(List<Sample> samples) {
        given = samples;
    }

    @Override
    public Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Chunk> postChunk(List<Chunk> chunks, HookTrace trace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double[] preFusion(String key, List<Part> parts, HookTrace trace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Window> postFusion(List<Window> windows, HookTrace trace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onError(List<Incident> incidents) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] fire(String name, byte[] payload, long deadlineNanos, HookTrace trace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<HookSnapshot> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void enable(String plugin, HookPoint point, String name, boolean enabled) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(String plugin) {
        throw new UnsupportedOperationException();
    }
}
