package io.trinity.pipeline;

import io.trinity.api.home.Home;
import io.trinity.api.stage.PipelineStage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that takes files from the inbox and works on them, one after the other. A file is
 * claimed by a rename; it leaves the work folder when its results are in the outbox, so that
 * neither a crash nor a full disk loses it.
 */
final class InboxWorker {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    private static final long RETRY_MILLIS = 5000;
    private static final long LOADING_SECONDS = 30;

    private final Home home;
    private final Supplier<PipelineSettings> settings;
    private final Supplier<List<PipelineStage>> stages;
    private final BooleanSupplier loading;
    private final Deque<Inbox.Claim> waiting = new ArrayDeque<>();
    private final ScheduledExecutorService thread;
    private @Nullable Inbox inbox;
    private long loadingSinceNanos = System.nanoTime();

    /**
     * @param stages those that serve now, in no order
     * @param loading whether plugins are being loaded: files wait for them, but not for ever
     */
    InboxWorker(
            Home home,
            Supplier<PipelineSettings> settings,
            Supplier<List<PipelineStage>> stages,
            BooleanSupplier loading) {
        this.home = home;
        this.settings = settings;
        this.stages = stages;
        this.loading = loading;
        // The stack must hold a guest's 64 KiB in interpreted JVM frames and the host below it.
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, "trinity-pipeline", 4L << 20));
    }

    void start() {
        thread.execute(this::round);
    }

    void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a file is still being worked on and is left to the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        long again = settings.get().pollMillis();
        try {
            look();
        } catch (IOException e) {
            again = RETRY_MILLIS;
            LOG.error(
                    "code=STORE_FAILED {}; nothing is lost, next try in {} ms; make room on the"
                            + " disk and check who may write below {}",
                    e.toString(),
                    again,
                    home.root());
        } catch (RuntimeException | Error e) {
            LOG.error("code=INTERNAL the pipeline failed in a way that it should not", e);
            // It stays in the work folder for the next start; it must not hold up the others.
            waiting.pollFirst();
        }
        if (!thread.isShutdown()) {
            thread.schedule(this::round, again, TimeUnit.MILLISECONDS);
        }
    }

    private void look() throws IOException {
        Inbox in = inbox;
        if (in == null) {
            in = new Inbox(home.inbox(), home.data().resolve("work"));
            waiting.addAll(in.unfinished());
            inbox = in;
        }
        if (waitForPlugins()) {
            return;
        }
        waiting.addAll(in.claim(TimeUnit.MILLISECONDS.toNanos(settings.get().stillMillis())));
        while (!waiting.isEmpty() && !thread.isShutdown()) {
            work(in, waiting.element());
            waiting.remove();
        }
    }

    private boolean waitForPlugins() {
        long now = System.nanoTime();
        if (!loading.getAsBoolean()) {
            loadingSinceNanos = now;
            return false;
        }
        return now - loadingSinceNanos < TimeUnit.SECONDS.toNanos(LOADING_SECONDS);
    }

    private void work(Inbox in, Inbox.Claim claim) throws IOException {
        PipelineSettings now = settings.get();
        long start = System.nanoTime();
        StreamJob job =
                new StreamJob(
                        () -> StageOrder.of(settings.get().stages(), stages.get()),
                        now.onFailure(),
                        now.chunkBytes());
        StreamJob.Outcome outcome = job.run(claim.path(), claim.name(), home.outbox());
        String name = Inbox.printable(claim.name());
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (outcome.failure().isPresent()) {
            StageRun.Failure f = outcome.failure().get();
            LOG.warn(
                    "file='{}' status=failed plugin={} code={} {}",
                    name,
                    f.plugin(),
                    f.code(),
                    f.message());
            in.keep(claim, home.data().resolve("failed"));
        } else {
            LOG.info(
                    "file='{}' status=ok chunks={} bytes={} millis={}",
                    name,
                    outcome.chunksIn(),
                    outcome.bytesIn(),
                    millis);
            if (now.keepInputs()) {
                in.keep(claim, home.data().resolve("processed"));
            } else {
                in.delete(claim);
            }
        }
    }
}
