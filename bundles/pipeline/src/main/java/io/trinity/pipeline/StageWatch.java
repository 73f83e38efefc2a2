package io.trinity.pipeline;

import io.trinity.api.config.Places;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.hook.HookBus;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.stage.PipelineStage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The neighbours of one pipeline, of whose missing stages and required hooks it tells whenever
 * somebody asks for the lineup: once, until that changes. Thread-safe.
 */
final class StageWatch implements PipelineServices {
    private static final Logger LOG = LoggerFactory.getLogger(StageWatch.class);

    private final PipelineServices services;
    private final Supplier<PipelineSettings> settings;
    private final Troubles troubles;
    private volatile String told = "";
    private volatile Asked asked = new Asked(List.of(), List.of(), List.of());

    /**
     * @param settings in effect now
     */
    StageWatch(PipelineServices services, Supplier<PipelineSettings> settings, Troubles troubles) {
        this.services = services;
        this.settings = settings;
        this.troubles = troubles;
    }

    @Override
    public Lineup lineup(List<String> configured) {
        Lineup lineup = services.lineup(configured);
        String now = lineup.told();
        String hooks = RequiredHooks.told(services);
        // Most often nothing is missing, and nothing was: then no lock is taken.
        if (!now.isEmpty() || !hooks.isEmpty() || !told.isEmpty()) {
            tell(now, hooks);
        }
        return lineup;
    }

    private synchronized void tell(String missing, String hooks) {
        PipelineSettings now = settings.get();
        boolean skips = now.onMissing().policy() == OnMissing.SKIP;
        if (!hooks.isEmpty()) {
            troubles.tell(
                    Troubles.Kind.STAGE, ErrorCode.HOOK_REQUIRED, hooks + "; each input fails");
        } else if (missing.isEmpty() || skips) {
            troubles.over(Troubles.Kind.STAGE);
        } else {
            troubles.tell(
                    Troubles.Kind.STAGE, ErrorCode.STAGE_MISSING, now.onMissing().told(missing));
        }
        if (skips && !missing.isEmpty() && !(missing + hooks).equals(told)) {
            LOG.warn(
                    "pipeline={} code=STAGE_MISSING {}; by onMissing=skip chunks pass without it,"
                            + " with the status partial",
                    now.name(),
                    missing);
        }
        told = missing + hooks;
    }

    @Override
    public PipelineSettings settings(PipelineSettings begun) {
        return settings.get();
    }

    @Override
    public List<PipelineStage> stages() {
        return services.stages();
    }

    @Override
    public List<PluginSnapshot> plugins() {
        return services.plugins();
    }

    @Override
    public List<ModalityHandler> handlers() {
        List<ModalityHandler> serving = services.handlers();
        List<String> named = settings.get().handlers();
        Asked last = asked;
        if (serving.equals(last.serving) && named.equals(last.named)) {
            return last.inOrder;
        }
        Asked now =
                new Asked(
                        List.copyOf(serving), named, List.copyOf(Handlers.inOrder(serving, named)));
        asked = now;
        if (!now.inOrder.isEmpty()) {
            LOG.info(
                    "pipeline={} modality handlers that decode: {}",
                    settings.get().name(),
                    Handlers.told(now.inOrder));
        }
        String conflicts = named.isEmpty() ? Handlers.conflicts(now.inOrder) : "";
        if (!conflicts.isEmpty() && !conflicts.equals(Handlers.conflicts(last.inOrder))) {
            LOG.warn(
                    "pipeline={} code=NAME_TAKEN {}; to settle it name those that are to be asked"
                            + " in handlers of {}",
                    settings.get().name(),
                    conflicts,
                    Places.of(PipelineSettings.PID + "~" + settings.get().name()));
        }
        return now.inOrder;
    }

    /** Modality handlers in the order in which they are asked, kept until something changes. */
    private record Asked(
            List<ModalityHandler> serving, List<String> named, List<ModalityHandler> inOrder) {}

    @Override
    public List<AbsentHandler> absentHandlers() {
        List<String> named = settings.get().handlers();
        return services.absentHandlers().stream()
                .filter(h -> named.isEmpty() || named.contains(h.name()))
                .toList();
    }

    @Override
    public Optional<HookBus> hooks() {
        return services.hooks();
    }

    @Override
    public MemoryQuota memory() {
        return services.memory();
    }

    @Override
    public int vectorDimension() {
        return services.vectorDimension();
    }
}
