package io.trinity.adapter.pipeline.stage;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.HostAttributes;
import io.trinity.api.world.PipelineStageWorld;
import io.trinity.api.world.TypedServices;
import java.util.List;
import java.util.Map;

/** A plugin seen as a stage. Thread-safe. */
final class StagePlugin implements PipelineStage, TypedServices.View {
    private final Plugin plugin;
    private final PipelineStageWorld world;
    private volatile int batch = 1;

    StagePlugin(Plugin plugin) {
        this.plugin = plugin;
        this.world = plugin.as(PipelineStageWorld.class);
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public Map<String, Object> follow(Map<String, Object> properties) {
        batch = properties.get(Plugin.BATCH) instanceof Integer n ? n : 1;
        return Map.of();
    }

    @Override
    public Answer<List<Chunk>> process(List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Answer.Value<>(List.of());
        }
        Chunk first = chunks.get(0);
        Answer<List<Chunk>> answer = world.process(CallOptions.stream(first.stream()), chunks);
        if (!(answer instanceof Answer.Value<List<Chunk>> made)) {
            return answer;
        }
        requireNoneOfTheHosts(made.value(), chunks);
        return new Answer.Value<>(made.value().stream().map(c -> c.inheriting(first)).toList());
    }

    private void requireNoneOfTheHosts(List<Chunk> made, List<Chunk> given) {
        try {
            HostAttributes.requireNoneMade(made, given);
        } catch (IllegalArgumentException e) {
            PluginException fault =
                    PluginException.of(
                            ErrorCode.GUEST_ABI,
                            new PluginRef(plugin.name(), plugin.snapshot().version()),
                            "process returned a chunk that is none: " + e.getMessage(),
                            Chunk.BOUNDS,
                            e);
            plugin.misbehaved("process", fault);
            throw fault;
        }
    }
}
