package io.trinity.pipeline;

import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one thread that takes files from the inbox and works on them, one after the other. A file is
 * claimed by a rename; it leaves the work folder when its results are in the outbox, so that
 * neither a crash nor a full disk loses it.
 */
final class InboxWorker {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    private static final long RETRY_MILLIS = 5000;
    private static final long LOADING_SECONDS = 30;

    private final PipelineFolders folders;
    private final Supplier<PipelineSettings> settings;
    private final Neighbours neighbours;
    private final BooleanSupplier loading;
    private final Counters counters;
    private final Troubles troubles;
    private final Deque<Inbox.Claim> waiting = new ArrayDeque<>();
    private final ScheduledExecutorService thread;
    private @Nullable Inbox inbox;
    private long loadingSinceNanos = System.nanoTime();
    private volatile String working = "";
    private volatile boolean waitsForPlugins;
    private volatile Waiting waitingInputs = new Waiting(0, 0);

    /**
     * @param loading whether plugins are being loaded: files wait for them, but not for ever
     */
    InboxWorker(
            PipelineFolders folders,
            Supplier<PipelineSettings> settings,
            Neighbours neighbours,
            BooleanSupplier loading,
            Counters counters,
            Troubles troubles) {
        this.folders = folders;
        this.settings = settings;
        this.neighbours = neighbours;
        this.loading = loading;
        this.counters = counters;
        this.troubles = troubles;
        String name = "trinity-pipeline-" + settings.get().name();
        // The stack must hold a guest's 64 KiB in interpreted JVM frames and the host below it.
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, name, 4L << 20));
    }

    /** How many inputs wait, and how long ago the oldest was seen first. */
    record Waiting(int count, long oldestMillis) {}

    /** Inputs that wait for their turn. */
    Waiting waiting() {
        return waitingInputs;
    }

    /** Name of the file in work; empty for none. */
    String working() {
        return working;
    }

    boolean waitsForPlugins() {
        return waitsForPlugins;
    }

    /** Runs a file that is nobody's claim, in its turn. */
    RunReport run(Path file) throws IOException, InterruptedException {
        Future<RunReport> result =
                thread.submit(() -> job(file, String.valueOf(file.getFileName())));
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("the pipeline failed in a way that it should not", e);
        }
    }

    private RunReport job(Path file, String name) throws IOException, InterruptedException {
        working = Inbox.printable(name);
        try {
            RunReport report =
                    new StreamJob(settings.get(), neighbours, counters.queued::set)
                            .run(file, name, folders.outbox());
            counters.add(report);
            log(report);
            return report;
        } finally {
            working = "";
        }
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
        } catch (InterruptedException e) {
            // It ends; what was in work is begun anew at the next start.
            Thread.currentThread().interrupt();
            return;
        } catch (IOException e) {
            again = RETRY_MILLIS;
            LOG.error(
                    "code=STORE_FAILED {}; nothing is lost, next try in {} ms; make room on the"
                            + " disk and check who may write in {}",
                    e.toString(),
                    again,
                    folders.outbox());
            troubles.tell(
                    Troubles.Kind.OUTBOX,
                    ErrorCode.STORE_FAILED,
                    e + "; make room on the disk and check who may write in " + folders.outbox());
        } catch (RuntimeException | Error e) {
            LOG.error("code=INTERNAL the pipeline failed in a way that it should not", e);
            // It stays in the work folder for the next start; it must not hold up the others.
            waiting.pollFirst();
        }
        if (!thread.isShutdown()) {
            try {
                thread.schedule(this::round, again, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("it ends", e);
            }
        }
    }

    private void look() throws IOException, InterruptedException {
        Inbox in = inbox;
        if (in == null) {
            in = new Inbox(folders.inbox(), folders.work());
            waiting.addAll(in.unfinished());
            inbox = in;
        }
        if (waitForPlugins()) {
            return;
        }
        // Told before a file comes that would have to wait for it.
        neighbours.lineup(settings.get().stages());
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
            waitsForPlugins = false;
            return false;
        }
        waitsForPlugins = now - loadingSinceNanos < TimeUnit.SECONDS.toNanos(LOADING_SECONDS);
        return waitsForPlugins;
    }

    private void work(Inbox in, Inbox.Claim claim) throws IOException, InterruptedException {
        RunReport report = job(claim.path(), claim.name());
        if (report.fault().isPresent()) {
            in.keep(claim, folders.failed());
        } else if (settings.get().keepInputs()) {
            in.keep(claim, folders.processed());
        } else {
            in.delete(claim);
        }
        troubles.over(Troubles.Kind.OUTBOX);
    }

    private static String skipped(RunReport r) {
        return r.skipped().stream()
                .map(e -> " skipped='%s %s: %s'".formatted(e.place(), e.plugin(), e.outcomes()))
                .collect(Collectors.joining());
    }

    private static void log(RunReport r) {
        String name = Inbox.printable(r.source());
        if (r.fault().isPresent()) {
            LOG.warn(
                    "pipeline={} file='{}' status=failed code={} {}",
                    r.pipeline(),
                    name,
                    r.fault().get().code(),
                    r.fault().get().message());
        } else {
            LOG.atLevel(r.status() == RunReport.Status.OK ? Level.INFO : Level.WARN)
                    .log(
                            "pipeline={} file='{}' status={}{} chunks={} bytes={} millis={}",
                            r.pipeline(),
                            name,
                            r.status().label(),
                            skipped(r),
                            r.chunksIn(),
                            r.bytesIn(),
                            r.millis());
        }
    }
}
