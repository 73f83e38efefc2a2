package io.trinity.pipeline;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookBus;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.api.stage.PipelineStage;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pipeline for each configuration of the factory PID. */
@Component(
        service = {},
        immediate = true,
        configurationPid = PipelineSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PipelineDefinition.class, factory = true)
public final class PipelineComponent implements PipelineServices, InboxWorker.Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineComponent.class);

    private final BundleContext context;
    private final PipelineNames names;
    private final Home home;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PipelineStage> stages = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<ModalityHandler> handlers = List.of();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable HookBus hooks;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable Sandbox sandbox;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable PluginRegistry registry;

    // A file dropped just after a plugin is meant for it.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable Reloader reloader;

    private final Policies policies;
    private @Nullable RunningPipeline running;
    private @Nullable ServiceRegistration<?> registration;

    /** For DS. */
    @Activate
    public PipelineComponent(
            BundleContext context,
            Map<String, Object> configuration,
            @Reference Home home,
            @Reference PipelineNames names,
            @Reference Policies policies) {
        this.policies = policies;
        this.context = context;
        this.names = names;
        this.home = home;
        modified(configuration);
    }

    /** Takes effect for the next file; another name or folder, or being disabled, at once. */
    @Modified
    final synchronized void modified(Map<String, Object> configuration) {
        Optional<String> name = PipelineSettings.name(configuration);
        if (name.isEmpty()) {
            LOG.warn(
                    "code=CONFIG_INVALID configuration {} names no pipeline and has no effect; name"
                            + " its file io.trinity.pipeline-NAME.cfg, or set pipeline=NAME",
                    configuration.get("service.pid"));
            stop();
            return;
        }
        RunningPipeline before = running;
        PipelineSettings last =
                before != null && before.name().equals(name.get())
                        ? before.settings()
                        : PipelineSettings.defaults(name.get());
        Optional<String> refusal =
                before == null
                        ? PipelineSettings.refusal(name.get(), configuration)
                        : Optional.empty();
        PipelineSettings now =
                PipelineSettings.read(
                        configuration,
                        last,
                        p -> {
                            // Nothing "stays in effect" where nothing is.
                            if (refusal.isEmpty()) {
                                LOG.warn("code=CONFIG_INVALID {}", p);
                            }
                        });
        if (before != null && before.takes(now)) {
            before.settings(now);
            LOG.info("pipeline active {}", now);
            return;
        }
        stop();
        if (now.enabled() && refusal.isPresent()) {
            refuse(now, refusal.get());
        } else if (now.enabled()) {
            start(now);
        } else {
            LOG.info("pipeline={} is disabled", now.name());
        }
    }

    private void start(PipelineSettings now) {
        Optional<String> objection = names.join(now.name(), now.inbox(), now.outbox());
        if (objection.isPresent()) {
            refuse(now, objection.get());
            return;
        }
        RunningPipeline started = new RunningPipeline(home, now, this, names, this);
        running = started;
        started.start();
        register(started, now.name());
        LOG.info("pipeline active {}", now);
    }

    /** It takes nothing, and says why wherever pipelines are listed. */
    private void refuse(PipelineSettings now, String why) {
        register(new RefusedPipeline(home, now, "it does not run: " + why), now.name());
    }

    private void register(Pipeline pipeline, String name) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Pipeline.NAME, name);
        registration =
                context.registerService(
                        new String[] {Pipeline.class.getName(), MetricSource.class.getName()},
                        pipeline,
                        properties);
    }

    private void stop() {
        ServiceRegistration<?> r = registration;
        if (r != null) {
            r.unregister();
            registration = null;
        }
        RunningPipeline before = running;
        if (before != null) {
            before.stop();
            names.leave(before.name());
            running = null;
        }
    }

    @Deactivate
    synchronized void deactivate() {
        stop();
    }

    @Override
    public boolean hostEnds() {
        return context.getBundle(0).getState() == Bundle.STOPPING;
    }

    @Override
    public boolean loading() {
        // While the host starts, reload may come after this; whoever asks waits a bounded time
        // only.
        Reloader r = reloader;
        return r == null || !r.settled();
    }

    @Override
    public boolean restored() {
        Reloader r = reloader;
        return r != null && r.restored();
    }

    @Override
    public List<PipelineStage> stages() {
        return stages;
    }

    @Override
    public List<PluginSnapshot> plugins() {
        PluginRegistry r = registry;
        return r == null ? List.of() : r.list();
    }

    @Override
    public List<ModalityHandler> handlers() {
        return handlers;
    }

    @Override
    public List<AbsentHandler> absentHandlers() {
        PluginRegistry r = registry;
        return r == null
                ? List.of()
                : AbsentHandler.of(
                        r.list(),
                        handlers,
                        n -> r.candidate(n).map(PluginRegistry.Candidate::manifest));
    }

    @Override
    public Optional<HookBus> hooks() {
        return Optional.ofNullable(hooks);
    }

    @Override
    public MemoryQuota memory() {
        Sandbox s = sandbox;
        return s == null ? MemoryQuota.UNCOUNTED : s.hostMemory();
    }

    @Override
    public int vectorDimension() {
        return policies.current().vectorDimension();
    }
}
