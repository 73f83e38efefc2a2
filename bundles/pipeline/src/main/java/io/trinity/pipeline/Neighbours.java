package io.trinity.pipeline;

import io.trinity.api.hook.HookBus;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.stage.PipelineStage;
import java.util.List;
import java.util.Optional;

/** The services that a pipeline works with, as they are at the moment of asking. */
interface Neighbours {
    /** Stages that serve now, in no order. */
    List<PipelineStage> stages();

    /** Modality handlers that serve now, in no order. */
    List<ModalityHandler> handlers();

    /** The hook bus; nothing where there is none. */
    Optional<HookBus> hooks();

    /** Elements of a hypervector, 1 to 1,000,000, as guests that are made now have them. */
    int vectorDimension();
}
