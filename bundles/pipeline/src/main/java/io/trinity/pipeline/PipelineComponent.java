package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.home.Home;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stage.PipelineStage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline in its first form: files from the inbox pass the stages that serve, and their
 * results go to the outbox. Also the owner of interface {@code streams}.
 */
@Component(
        service = HostInterface.class,
        immediate = true,
        property = HostInterface.NAME + "=streams",
        configurationPid = PipelineSettings.PID)
@Designate(ocd = PipelineDefinition.class)
public final class PipelineComponent implements HostInterface {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineComponent.class);

    private final Home home;
    private final InboxWorker worker;
    private volatile PipelineSettings settings = PipelineSettings.DEFAULT;
    private volatile StreamQueues streams =
            new StreamQueues(settings.streams(), settings.streamChunks());

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PipelineStage> stages = List.of();

    // A file dropped just after a plugin is meant for it.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable Reloader reloader;

    /** For DS. */
    @Activate
    public PipelineComponent(BundleContext context, Map<String, Object> configuration) {
        home = Home.of(context.getProperty(Home.PROPERTY));
        worker = new InboxWorker(home, () -> settings, () -> stages, this::loading);
        modified(configuration);
        worker.start();
    }

    /** Takes effect for the next file; chunks that wait in streams are kept unless those change. */
    @Modified
    final void modified(Map<String, Object> configuration) {
        PipelineSettings before = settings;
        PipelineSettings now =
                PipelineSettings.read(
                        new ConfigValues(
                                PipelineSettings.PID,
                                configuration,
                                p -> LOG.warn("code=CONFIG_INVALID {}", p)),
                        before);
        settings = now;
        if (!now.streams().equals(before.streams())
                || now.streamChunks() != before.streamChunks()) {
            StreamQueues old = streams;
            streams = new StreamQueues(now.streams(), now.streamChunks());
            old.close();
        }
        LOG.info("pipeline active inbox={} outbox={} {}", home.inbox(), home.outbox(), now);
    }

    @Deactivate
    void deactivate() {
        streams.close();
        worker.stop();
    }

    private boolean loading() {
        Reloader r = reloader;
        return r != null && !r.settled();
    }

    @Override
    public @Nullable Object call(HostCall call, String function, Object[] arguments)
            throws HostFailure {
        Object result = streams.call(function, arguments, call.deadlineNanos());
        return result == StreamQueues.NOTHING ? null : result;
    }
}
