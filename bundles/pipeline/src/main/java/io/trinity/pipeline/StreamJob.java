package io.trinity.pipeline;

import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One file on its way through a pipeline into its results. Confined to one thread. */
final class StreamJob {
    private final PipelineSettings settings;
    private final PipelineServices services;
    private final Counters counters;
    private final BooleanSupplier ending;

    /**
     * @param counters told what passes, and how many chunks wait in the queue
     * @param ending whether pipeline or host come to their end, so that failures are no file's
     */
    StreamJob(
            PipelineSettings settings,
            PipelineServices services,
            Counters counters,
            BooleanSupplier ending) {
        this.settings = settings;
        this.services = services;
        this.counters = counters;
        this.ending = ending;
    }

    /**
     * What is run.
     *
     * @param name of the file as people know it
     * @param trusted whether the path is the operator's, so that links in it are followed
     */
    record Input(Path path, String name, boolean trusted) {
        private LinkOption[] options() {
            return trusted ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        }
    }

    /**
     * Runs it.
     *
     * @throws InputException if the file cannot be read, or changed meanwhile: nothing is published
     * @throws IOException if the results cannot be written: nothing is published
     * @throws InterruptedException if the pipeline ends meanwhile: nothing is published
     */
    RunReport run(Input input, ResultFiles.Names names) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (OpenStreams.Name stream = OpenStreams.ALL.open(MediaTypes.streamName(input.name()));
                StreamRun run = run(stream.text());
                ResultFiles results = new ResultFiles(input.name(), settings.name(), names)) {
            Optional<StageRun.Failure> failure = run.begin();
            if (failure.isEmpty()) {
                through(input, stream.text(), run, results);
                failure = run.failure();
            }
            if (failure.isEmpty()) {
                run.end(results);
            }
            if (ending.getAsBoolean() && (run.failure().isPresent() || Thread.interrupted())) {
                throw new InterruptedException("the pipeline ends");
            }
            results.publish(run);
            return report(run, input.name(), results, (System.nanoTime() - start) / 1_000_000);
        }
    }

    private StreamRun run(String stream) {
        return new StreamRun(settings, services, stream, counters);
    }

    private void through(Input input, String stream, StreamRun run, ResultFiles results)
            throws IOException, InterruptedException {
        InputStamp before = input.trusted() ? null : stamp(input);
        try (ChunkSource source = open(input, stream);
                ReadAhead ahead =
                        new ReadAhead(settings.name(), source::read, settings.queueChunks())) {
            for (Optional<Chunk> c = next(ahead); c.isPresent(); c = next(ahead)) {
                counters.queued.set(ahead.waiting());
                if (!run.take(c.get(), results)) {
                    return;
                }
            }
        } finally {
            counters.queued.set(0);
        }
        if (before != null && !stamp(input).same(before)) {
            throw new InputException("it was written to while it was read");
        }
    }

    private static InputStamp stamp(Input input) throws InputException {
        try {
            InputStamp stamp = InputStamp.of(input.path());
            Optional<String> objection = stamp.objection();
            if (objection.isPresent()) {
                throw new InputException(objection.get());
            }
            return stamp;
        } catch (InputException e) {
            throw e;
        } catch (IOException e) {
            throw new InputException(Names.printable(e));
        }
    }

    ChunkSource open(Input input, String stream) throws InputException {
        try {
            return new ChunkSource(
                    input.path(), input.name(), stream, settings.chunkBytes(), input.options());
        } catch (IOException e) {
            throw new InputException(Names.printable(e));
        }
    }

    private static Optional<Chunk> next(ReadAhead ahead)
            throws InputException, InterruptedException {
        try {
            return ahead.take();
        } catch (IOException e) {
            throw new InputException(Names.printable(e));
        }
    }

    /** Tells in the outbox that a file is given up. */
    RunReport giveUp(String name, StageRun.Failure failure, ResultFiles.Names names)
            throws IOException {
        try (StreamRun run = run(MediaTypes.streamName(name));
                ResultFiles results = new ResultFiles(name, settings.name(), names)) {
            run.fail(failure);
            results.publish(run);
            return report(run, name, results, 0);
        }
    }

    private RunReport report(StreamRun run, String name, ResultFiles results, long millis) {
        return new RunReport(
                settings.name(),
                name,
                results.output(),
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
