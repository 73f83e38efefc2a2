package io.trinity.api.modality;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin of type {@code modality_handler} as a typed service. One per plugin, registered under
 * {@code plugin.name}, {@code plugin.modality} and {@code plugin.contentTypes}, surviving reloads.
 * Thread-safe; runs on the caller's thread.
 */
@ProviderType
public interface ModalityHandler {
    /** The plugin's name. */
    String name();

    /** The modality that it brings in, such as {@code lidar}. */
    String modality();

    /** Media types that it decodes, without parameters. */
    List<String> contentTypes();

    /**
     * Turns pieces of a file into chunks of the modality. A piece ends anywhere; the handler keeps
     * what it needs until the piece that says {@code last}.
     *
     * <p>Modality, content type and event time that it left empty are filled in: its own modality,
     * else what the first piece has. Stream, sequence and last are the host's to set.
     *
     * @param pieces 1 or more, of one stream, in order
     * @throws PluginException when the plugin is not active, traps, breaks the contract or hits a
     *     limit
     */
    Answer<List<Chunk>> decode(List<Chunk> pieces);

    /**
     * The hypervector of each chunk, as many as chunks and in their order.
     *
     * @throws PluginException as {@link #decode}; GUEST_ABI when there are more or fewer
     */
    Answer<List<Vector>> encode(List<Chunk> chunks);
}
