package io.trinity.pipeline;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which modality handler is asked: of several the first by name. Pure. */
final class Handlers {
    private Handlers() {}

    static Optional<ModalityHandler> forModality(
            Collection<ModalityHandler> handlers, String modality) {
        return handlers.stream()
                .filter(h -> h.modality().equals(modality))
                .min(Comparator.comparing(ModalityHandler::name));
    }

    /**
     * @param contentType with or without parameters
     */
    static Optional<ModalityHandler> forContentType(
            Collection<ModalityHandler> handlers, String contentType) {
        String essence = MediaTypes.essence(contentType);
        return handlers.stream()
                .filter(
                        h ->
                                h.contentTypes().stream()
                                        .anyMatch(t -> MediaTypes.essence(t).equals(essence)))
                .min(Comparator.comparing(ModalityHandler::name));
    }

    /** The decoder of a handler, to be run like a stage. */
    static PipelineStage decoder(ModalityHandler handler) {
        return new PipelineStage() {
            @Override
            public String name() {
                return handler.name();
            }

            @Override
            public int batch() {
                return 1;
            }

            @Override
            public Answer<List<Chunk>> process(List<Chunk> chunks) {
                return handler.decode(chunks);
            }
        };
    }
}
