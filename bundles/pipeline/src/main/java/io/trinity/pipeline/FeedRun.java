package io.trinity.pipeline;

import io.trinity.api.pipeline.Pipeline.Feed;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that the host program feeds: a bounded queue, and one thread that works it off. */
final class FeedRun implements Feed, StreamRun.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(FeedRun.class);
    private static final long OFFER_MILLIS = 100;

    /** A chunk, or the end. */
    private record Item(@Nullable Chunk chunk) {}

    private final PipelineSettings settings;
    private final String stream;
    private final StreamRun run;
    private final Consumer<List<Chunk>> results;
    private final Consumer<RunReport> finished;
    private final BlockingQueue<Item> queue;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private OpenStreams.@Nullable Name name;
    private final long startNanos = System.nanoTime();
    private volatile @Nullable RunReport report;

    /**
     * @param run begun, not vetoed
     * @param results gets what comes out
     * @param finished told of the end, on the feed's thread
     */
    FeedRun(
            PipelineSettings settings,
            String stream,
            StreamRun run,
            Consumer<List<Chunk>> results,
            Consumer<RunReport> finished) {
        this.settings = settings;
        this.stream = stream;
        this.run = run;
        this.results = results;
        this.finished = finished;
        this.queue = new ArrayBlockingQueue<>(settings.queueChunks());
        // The stack must hold a guest's 64 KiB in interpreted JVM frames and the host below it.
        this.thread = new Thread(null, this::work, "trinity-feed-" + settings.name(), 4L << 20);
        thread.setDaemon(true);
    }

    void start() {
        name = OpenStreams.ALL.hold(stream);
        thread.start();
    }

    private void work() {
        Optional<Fault> broken = Optional.empty();
        try {
            boolean more = true;
            while (more) {
                Item item = queue.take();
                Chunk chunk = item.chunk();
                more = chunk != null && run.take(chunk, this);
            }
            if (run.failure().isEmpty()) {
                run.end(this);
            }
        } catch (InterruptedException e) {
            broken = Optional.of(ended("the stream was given up, or the pipeline ended"));
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("code=INTERNAL pipeline={} stream={}", settings.name(), stream, e);
            broken = Optional.of(ended("the host failed: " + e));
        } finally {
            run.close();
            Objects.requireNonNull(name).close();
        }
        RunReport made = report(broken.or(() -> run.failure().map(FeedRun::fault)));
        report = made;
        over.countDown();
        finished.accept(made);
    }

    @Override
    public void chunks(List<Chunk> chunks) {
        results.accept(chunks);
    }

    @Override
    public void window(FusedWindow window) {
        // Whoever feeds the stream gets its chunks.
    }

    private static Fault ended(String message) {
        return new Fault(io.trinity.api.plugin.ErrorCode.NOT_ACTIVE, message);
    }

    private static Fault fault(StageRun.Failure f) {
        return new Fault(f.code(), f.message());
    }

    private RunReport report(Optional<Fault> fault) {
        return new RunReport(
                settings.name(),
                stream,
                "",
                run.chunksIn(),
                run.bytesIn(),
                run.chunksOut(),
                run.bytesOut(),
                run.windows(),
                (System.nanoTime() - startNanos) / 1_000_000,
                fault,
                run.trace());
    }

    /** Chunks that wait now. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void push(Chunk chunk) throws InterruptedException {
        put(new Item(chunk));
    }

    private void put(Item item) throws InterruptedException {
        do {
            RunReport ended = report;
            if (ended != null) {
                throw new IllegalStateException(
                        "stream '%s' has ended%s"
                                .formatted(
                                        stream,
                                        ended.fault().map(f -> ": " + f.message()).orElse("")));
            }
        } while (!queue.offer(item, OFFER_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Override
    public RunReport end() throws InterruptedException {
        if (report == null) {
            try {
                put(new Item(null));
            } catch (IllegalStateException e) {
                LOG.debug("it ended by itself meanwhile", e);
            }
        }
        over.await();
        return java.util.Objects.requireNonNull(report);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Waits until the thread is gone. */
    boolean awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }
}
