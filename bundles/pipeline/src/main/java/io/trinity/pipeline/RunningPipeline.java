package io.trinity.pipeline;

import io.trinity.api.home.Home;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that runs: its inbox, and the streams that the host program feeds. Thread-safe. */
final class RunningPipeline implements Pipeline, MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(RunningPipeline.class);
    private static final long FEED_MILLIS = 5000;

    private final PipelineFolders folders;
    private final PipelineServices services;
    private final Counters counters = new Counters();
    private final Troubles troubles;
    private final Set<FeedRun> feeds = ConcurrentHashMap.newKeySet();
    private final InboxWorker worker;
    private volatile PipelineSettings settings;
    private volatile boolean vetoed;

    RunningPipeline(
            Home home,
            PipelineSettings settings,
            PipelineServices services,
            PipelineNames names,
            InboxWorker.Surroundings surroundings) {
        this.settings = settings;
        this.folders = PipelineFolders.of(home, settings);
        this.troubles = new Troubles(settings.name(), surroundings::hostEnds);
        this.services = new StageWatch(services, () -> this.settings, troubles);
        this.worker =
                new InboxWorker(
                        folders,
                        new Intake(folders, home, troubles),
                        names.ofOutbox(folders.outbox()),
                        () -> this.settings,
                        this.services,
                        surroundings,
                        counters,
                        troubles);
    }

    void start() {
        worker.start();
    }

    void stop() {
        feeds.forEach(FeedRun::close);
        worker.stop();
        try {
            for (FeedRun feed : feeds) {
                if (!feed.awaitEnd(FEED_MILLIS)) {
                    LOG.warn("pipeline={} a stream is still being worked on", name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    PipelineSettings settings() {
        return settings;
    }

    /** Whether it can go on under other settings. */
    boolean takes(PipelineSettings now) {
        return now.enabled()
                && now.name().equals(settings.name())
                && now.inbox().equals(settings.inbox())
                && now.outbox().equals(settings.outbox());
    }

    void settings(PipelineSettings now) {
        settings = now;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public PipelineStatus status() {
        PipelineSettings now = settings;
        // Not the watch: while the host starts, what is asked here is not to be told.
        Lineup lineup = Lineup.of(now.stages(), services.stages(), services.plugins());
        String working = worker.working();
        int queued = counters.queued.get() + feeds.stream().mapToInt(FeedRun::waiting).sum();
        return new PipelineStatus(
                now.name(),
                state(working),
                folders.inbox().toString(),
                folders.outbox().toString(),
                lineup.services().stream().map(PipelineStage::name).toList(),
                missing(lineup),
                working,
                counters.counts(),
                worker.waiting(queued, now.queueChunks()),
                troubles.gravest(),
                counters.lastFailure);
    }

    private List<PipelineStatus.Missing> missing(Lineup lineup) {
        List<PipelineStatus.Missing> missing = new ArrayList<>();
        lineup.missing()
                .values()
                .forEach(m -> missing.add(new PipelineStatus.Missing(m.stage(), "stage", m.why())));
        services.absentHandlers().stream()
                .filter(h -> !h.off())
                .forEach(
                        h -> missing.add(new PipelineStatus.Missing(h.name(), "handler", h.why())));
        missing.addAll(RequiredHooks.missing(services));
        return missing;
    }

    private PipelineState state(String working) {
        Optional<PipelineState> troubled = troubles.state();
        if (troubled.isPresent()) {
            return troubled.get();
        }
        if (!working.isEmpty() || !feeds.isEmpty()) {
            return PipelineState.WORKING;
        }
        if (worker.waitsForPlugins()) {
            return PipelineState.WAITING;
        }
        return counters.lastVetoed || vetoed ? PipelineState.VETOED : PipelineState.IDLE;
    }

    @Override
    public RunReport run(Path file) throws IOException, InterruptedException {
        return worker.run(file);
    }

    @Override
    public List<FailedInput> failed() throws IOException {
        return worker.failed();
    }

    @Override
    public Optional<String> retry(String nameOrId) throws IOException, InterruptedException {
        return worker.retry(nameOrId);
    }

    @Override
    public Feed open(String stream, Consumer<List<Chunk>> results) {
        PipelineSettings now = settings;
        StreamRun run = new StreamRun(now, services, stream, counters);
        Optional<StageRun.Failure> veto = run.begin();
        vetoed = veto.isPresent();
        if (veto.isPresent()) {
            throw PluginException.of(
                    veto.get().code(),
                    PluginRef.named(veto.get().plugin()),
                    veto.get().message(),
                    veto.get().code() == ErrorCode.HOOK_VETO
                            ? "hook:disable %s pre_pipeline lets it start"
                                    .formatted(veto.get().plugin())
                            : "");
        }
        FeedRun[] self = new FeedRun[1];
        self[0] =
                new FeedRun(
                        now,
                        stream,
                        run,
                        results,
                        report -> {
                            counters.add(report);
                            feeds.remove(self[0]);
                        });
        feeds.add(self[0]);
        self[0].start();
        return self[0];
    }

    @Override
    public List<Sample> samples() {
        PipelineStatus now = status();
        List<Sample> samples = new ArrayList<>(counters.samples(name()));
        samples.addAll(WaitingSamples.of(now));
        return List.copyOf(samples);
    }
}
