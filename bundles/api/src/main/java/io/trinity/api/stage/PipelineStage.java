package io.trinity.api.stage;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.stream.Chunk;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin of type {@code pipeline_stage} as a typed service. One per plugin, registered under
 * {@code plugin.name}, surviving reloads. Thread-safe; runs on the caller's thread.
 */
@ProviderType
public interface PipelineStage {
    /** The plugin's name. */
    String name();

    /** Most chunks that one call may bring, from the manifest; 1 unless it asks for more. */
    int batch();

    /**
     * Turns chunks of one stream into none, one or many, which go on in the order given.
     *
     * <p>What the plugin left empty is taken over from the chunk it was called with: modality,
     * content type, event time. Stream, sequence and last of what it returns are the host's to set.
     *
     * @param chunks 1 to {@link #batch()} chunks of one stream, in order
     * @throws PluginException when the plugin is not active, traps, breaks the contract or hits a
     *     limit
     */
    Answer<List<Chunk>> process(List<Chunk> chunks);
}
