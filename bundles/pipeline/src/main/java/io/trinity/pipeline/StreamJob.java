package io.trinity.pipeline;

import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntConsumer;

/** One file on its way through a pipeline into its results. Confined to one thread. */
final class StreamJob {
    private final PipelineSettings settings;
    private final Neighbours neighbours;
    private final IntConsumer waiting;

    /**
     * @param waiting told how many chunks wait in the queue
     */
    StreamJob(PipelineSettings settings, Neighbours neighbours, IntConsumer waiting) {
        this.settings = settings;
        this.neighbours = neighbours;
        this.waiting = waiting;
    }

    /**
     * Runs it.
     *
     * @param name of the file as people know it
     * @throws IOException if the file cannot be read or the results not be written: nothing is
     *     published then
     * @throws InterruptedException if the pipeline ends meanwhile: nothing is published then
     */
    RunReport run(Path input, String name, Path outbox) throws IOException, InterruptedException {
        long start = System.nanoTime();
        StreamRun run = new StreamRun(settings, neighbours, MediaTypes.streamName(name));
        try (ResultFiles results = new ResultFiles(outbox, name, settings.name())) {
            Optional<StageRun.Failure> failure = run.begin();
            if (failure.isEmpty()) {
                through(input, name, run, results);
                failure = run.failure();
            }
            if (failure.isEmpty()) {
                for (FusedWindow w : run.end()) {
                    results.add(w);
                }
            }
            results.publish(run);
            return report(run, name, results.output(), (System.nanoTime() - start) / 1_000_000);
        }
    }

    private void through(Path input, String name, StreamRun run, ResultFiles results)
            throws IOException, InterruptedException {
        try (ChunkSource source = new ChunkSource(input, name, settings.chunkBytes());
                ReadAhead ahead =
                        new ReadAhead(settings.name(), source::read, settings.queueChunks())) {
            for (Optional<Chunk> c = ahead.take(); c.isPresent(); c = ahead.take()) {
                waiting.accept(ahead.waiting());
                Optional<StreamRun.Step> step = run.take(c.get());
                if (step.isEmpty()) {
                    return;
                }
                for (Chunk made : step.get().chunks()) {
                    results.add(made);
                }
                for (FusedWindow w : step.get().windows()) {
                    results.add(w);
                }
            }
        } finally {
            waiting.accept(0);
        }
    }

    private RunReport report(StreamRun run, String name, String output, long millis) {
        return new RunReport(
                settings.name(),
                name,
                output,
                run.chunksIn(),
                run.bytesIn(),
                run.chunksOut(),
                run.bytesOut(),
                run.windows(),
                millis,
                run.failure().map(f -> new Fault(f.code(), f.message())),
                run.trace());
    }
}
