package io.trinity.shell;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Veto;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hooks in memory; the custom hook {@code shout} is served by plugin resize. */
final class FakeHookBus implements HookBus {
    final List<HookSnapshot> hooks = new ArrayList<>();

    FakeHookBus() {
        hooks.add(hook("guard", HookPoint.POST_CHUNK, "", 100, true, 0, 0, "resize"));
        hooks.add(hook("resize", HookPoint.POST_CHUNK, "", 100, true, 40, 2, "guard"));
        hooks.add(hook("resize", HookPoint.CUSTOM, "shout", 500, true, 0, 0, ""));
        hooks.add(hook("resize", HookPoint.CUSTOM, "whisper", 500, false, 0, 0, ""));
    }

    private static HookSnapshot hook(
            String plugin,
            HookPoint point,
            String name,
            int priority,
            boolean enabled,
            long calls,
            long skipped,
            String conflict) {
        double average = calls == 0 ? 0 : 12.345;
        return new HookSnapshot(
                plugin, point, name, priority, enabled, calls, skipped, average, conflict, false,
                "");
    }

    @Override
    public byte[] fire(String name, byte[] payload, long deadlineNanos, HookTrace trace) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a custom hook is 1 to 64");
        }
        if (name.equals("weather")) {
            trace.failed(
                    "weather", HookPoint.CUSTOM, ErrorCode.GUEST_ERROR, "no station", 70_200_000);
            return payload;
        }
        if (!name.equals("shout")) {
            return payload;
        }
        trace.called("resize", HookPoint.CUSTOM, "ok", 1_500_000);
        String text = new String(payload, StandardCharsets.UTF_8);
        return text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<HookSnapshot> list() {
        return List.copyOf(hooks);
    }

    @Override
    public void enable(String plugin, HookPoint point, String name, boolean enabled) {
        boolean found = false;
        for (int i = 0; i < hooks.size(); i++) {
            HookSnapshot h = hooks.get(i);
            if (h.plugin().equals(plugin)
                    && h.point() == point
                    && (name.isEmpty() || h.name().equals(name))) {
                found = true;
                hooks.set(
                        i,
                        hook(
                                plugin,
                                point,
                                h.name(),
                                h.priority(),
                                enabled,
                                h.calls(),
                                h.skipped(),
                                h.conflict()));
            }
        }
        if (!found) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    PluginRef.named(plugin),
                    "it has no hook " + point.label(),
                    "hook:list shows those that there are");
        }
    }

    @Override
    public void forget(String plugin) {
        if (!plugin.equals("gone")) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    PluginRef.named(plugin),
                    "no plugin of that name is gone that required a hook",
                    "hook:list shows what is required and not called");
        }
    }

    @Override
    public boolean listens(HookPoint point) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public List<Chunk> postChunk(List<Chunk> chunks, HookTrace trace) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public double[] preFusion(String key, List<Part> parts, HookTrace trace) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public List<Window> postFusion(List<Window> windows, HookTrace trace) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public void onError(List<Incident> incidents) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public void onMetrics(List<Sample> samples) {
        throw new UnsupportedOperationException("no command asks this");
    }
}
