package io.trinity.pipeline;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.hook.HookBus;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.stage.PipelineStage;
import java.util.List;
import java.util.Optional;

/** The services that a pipeline works with, as they are at the moment of asking. */
interface PipelineServices {
    /** Stages that serve now, in no order. */
    List<PipelineStage> stages();

    /** All plugins, whether they serve or not; none where the registry is not there. */
    List<PluginSnapshot> plugins();

    /** The stages that are to be passed now: {@link Lineup#of}. */
    default Lineup lineup(List<String> configured) {
        return Lineup.of(configured, stages(), plugins());
    }

    /**
     * The pipeline's settings as they are now.
     *
     * @param begun those with which a stream began
     */
    default PipelineSettings settings(PipelineSettings begun) {
        return begun;
    }

    /** Modality handlers that serve now, the one first that has served longest. */
    List<ModalityHandler> handlers();

    /** Modality handlers that are installed and do not serve now, in no order. */
    default List<AbsentHandler> absentHandlers() {
        return List.of();
    }

    /** The hook bus; nothing where there is none. */
    Optional<HookBus> hooks();

    /** The total that all plugins together may hold, for what is kept on their behalf. */
    default MemoryQuota memory() {
        return MemoryQuota.UNCOUNTED;
    }

    /** Elements of a hypervector, 1 to 1,000,000, as guests that are made now have them. */
    int vectorDimension();
}
