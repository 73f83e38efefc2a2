package io.trinity.adapter.pipeline.stage;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.ChunkFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plugin seen as a stage. Thread-safe. */
final class StagePlugin implements PipelineStage {
    private static final String PROCESS = "process";

    private final Plugin plugin;
    private volatile int batch;

    StagePlugin(Plugin plugin, int batch) {
        this.plugin = plugin;
        this.batch = batch;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public int batch() {
        return batch;
    }

    void batch(int chunks) {
        batch = chunks;
    }

    @Override
    public Answer<List<Chunk>> process(List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Answer.Value<>(List.of());
        }
        Chunk first = chunks.get(0);
        Answer<@Nullable Object> answer =
                plugin.call(PROCESS, CallOptions.stream(first.stream()), ChunkFields.ofAll(chunks));
        if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
            return new Answer.Refusal<>(refusal.text());
        }
        return new Answer.Value<>(made(chunks, ((Answer.Value<@Nullable Object>) answer).value()));
    }

    private List<Chunk> made(List<Chunk> given, @Nullable Object value) {
        try {
            return ChunkFields.made(java.util.Objects.requireNonNull(value), given).stream()
                    .map(c -> inherit(given.get(0), c))
                    .toList();
        } catch (IllegalArgumentException e) {
            PluginException fault =
                    PluginException.of(
                            ErrorCode.GUEST_ABI,
                            new PluginRef(plugin.name(), plugin.snapshot().version()),
                            "process returned a chunk that is none: " + e.getMessage(),
                            Chunk.BOUNDS,
                            e);
            plugin.misbehaved(PROCESS, fault);
            throw fault;
        }
    }

    /** What the plugin left empty is as in the chunk that it was called with. */
    private static Chunk inherit(Chunk from, Chunk made) {
        return new Chunk(
                made.payload(),
                made.contentType().isEmpty() ? from.contentType() : made.contentType(),
                made.modality().isEmpty() ? from.modality() : made.modality(),
                from.stream(),
                made.attributes(),
                made.sequence(),
                made.eventTimeNanos() == 0 ? from.eventTimeNanos() : made.eventTimeNanos(),
                made.last());
    }
}
