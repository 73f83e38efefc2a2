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
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A pipeline whose configuration does not hold: it is there to say so. Thread-safe. */
final class RefusedPipeline implements Pipeline, MetricSource {
    private final PipelineFolders folders;
    private final PipelineSettings settings;
    private final Troubles troubles;
    private final String why;

    RefusedPipeline(Home home, PipelineSettings settings, String why) {
        this.folders = PipelineFolders.of(home, settings);
        this.settings = settings;
        this.troubles = new Troubles(settings.name(), () -> false);
        this.why = why;
        troubles.tell(Troubles.Kind.CONFIGURATION, ErrorCode.CONFIG_INVALID, why);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public PipelineStatus status() {
        return new PipelineStatus(
                settings.name(),
                PipelineState.REFUSED,
                folders.inbox().toString(),
                folders.outbox().toString(),
                List.of(),
                List.of(),
                "",
                PipelineStatus.Counts.NONE,
                new PipelineStatus.Waiting(
                        0, settings.queueChunks(), 0, 0, PipelineStatus.Left.NONE),
                troubles.gravest(),
                Optional.empty());
    }

    @Override
    public RunReport run(Path file) {
        throw refused();
    }

    @Override
    public List<FailedInput> failed() throws IOException {
        return new FailedInputs(folders).list();
    }

    @Override
    public Optional<String> retry(String nameOrId) {
        throw refused();
    }

    @Override
    public Feed open(String stream, Consumer<List<Chunk>> results) {
        throw refused();
    }

    private IllegalStateException refused() {
        return new IllegalStateException(
                "code=CONFIG_INVALID pipeline '" + settings.name() + "': " + why);
    }

    @Override
    public List<Sample> samples() {
        return WaitingSamples.of(status());
    }
}
