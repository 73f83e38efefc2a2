package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import java.util.List;

/** World {@code modality-handler}: type {@code modality_handler}. */
public interface ModalityHandlerWorld extends World {
    /** Turns pieces of a file into chunks of the modality. */
    Answer<List<Chunk>> decode(CallOptions options, List<Chunk> pieces);

    /** The hypervector of each chunk. */
    Answer<List<Vector>> encode(CallOptions options, List<Chunk> chunks);
}
