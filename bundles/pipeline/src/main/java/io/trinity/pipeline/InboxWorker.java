package io.trinity.pipeline;

import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
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
 * The one thread that takes inputs from the inbox and works on them, one after the other. An input
 * leaves the work folder when its results are in the outbox, so that neither a crash nor a full
 * disk loses it; one that cannot come to an end waits behind the others.
 */
final class InboxWorker {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
    private static final long RETRY_MILLIS = 5000;
    private static final long LOADING_SECONDS = 30;
    private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** Inputs that are tried while nothing can be written, to see whose fault it is. */
    private static final int PROBES = 3;

    private final PipelineFolders folders;
    private final Supplier<PipelineSettings> settings;
    private final PipelineServices services;
    private final BooleanSupplier loading;
    private final BooleanSupplier restored;
    private final BooleanSupplier hostEnds;
    private final Counters counters;
    private final Troubles troubles;
    private final OutboxNames names;
    private final Intake intake;
    private final ClaimQueue queue = new ClaimQueue();
    private final FailedInputs failedInputs;
    private final ScheduledExecutorService thread;
    private final Set<Future<?>> asked = ConcurrentHashMap.newKeySet();
    private @Nullable Claims claims;
    private volatile @Nullable InputWork work;
    private volatile ClaimQueue.@Nullable Entry inWork;
    private long loadingSinceNanos = System.nanoTime();
    private long sweptNanos = System.nanoTime() - SWEEP_NANOS;
    private volatile boolean stopping;
    private volatile String working = "";
    private volatile boolean waitsForPlugins;
    private volatile Waiting waiting = new Waiting(0, 0, PipelineStatus.Left.NONE);

    /** What surrounds a worker. */
    interface Surroundings {
        /** Whether plugins are being loaded: files wait for them, but not for ever. */
        boolean loading();

        /** Whether the plugins of the last run are back; stays so. */
        boolean restored();

        /** Whether the host comes to its end: what fails then is no file's fault. */
        boolean hostEnds();
    }

    InboxWorker(
            PipelineFolders folders,
            Intake intake,
            OutboxNames names,
            Supplier<PipelineSettings> settings,
            PipelineServices services,
            Surroundings surroundings,
            Counters counters,
            Troubles troubles) {
        this.folders = folders;
        this.intake = intake;
        this.names = names;
        this.settings = settings;
        this.services = services;
        this.loading = surroundings::loading;
        this.restored = surroundings::restored;
        this.hostEnds = surroundings::hostEnds;
        this.counters = counters;
        this.troubles = troubles;
        this.failedInputs = new FailedInputs(folders);
        String name = "trinity-pipeline-" + settings.get().name();
        // The stack must hold a guest's 64 KiB in interpreted JVM frames and the host below it.
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, name, 4L << 20));
    }

    /** How many inputs wait, and since when, by {@link System#nanoTime}, the oldest; 0 for none. */
    private record Waiting(int count, long sinceNanos, PipelineStatus.Left left) {
        long oldestMillis() {
            return count == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
        }
    }

    /**
     * What is still to do.
     *
     * @param queued chunks that wait in queues, of at most {@code capacity}
     */
    PipelineStatus.Waiting waiting(int queued, int capacity) {
        Waiting w = waiting;
        return new PipelineStatus.Waiting(queued, capacity, w.count, w.oldestMillis(), w.left);
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
        return inTurn(
                () -> {
                    Object owner = new Object();
                    PipelineSettings now = settings.get();
                    try {
                        return run(
                                new StreamJob.Input(file, Names.of(file), true),
                                new ResultFiles.Names(
                                        folders.outbox(),
                                        names,
                                        owner,
                                        now.files().replace(),
                                        Optional.empty(),
                                        name -> {},
                                        file));
                    } finally {
                        names.release(owner);
                    }
                });
    }

    /** The inputs that failed and are kept, the oldest first. */
    List<FailedInput> failed() throws IOException {
        return failedInputs.list();
    }

    /**
     * Takes an input that failed as if it were new.
     *
     * @return its name; nothing where there is none
     */
    Optional<String> retry(String nameOrId) throws IOException, InterruptedException {
        return inTurn(
                () -> {
                    Claims c = ready();
                    Optional<Path> kept = failedInputs.find(nameOrId);
                    if (kept.isEmpty()) {
                        return Optional.empty();
                    }
                    Optional<String> result = failedInputs.result(kept.get());
                    Claim claim = c.takeBack(kept.get(), result);
                    result.ifPresent(name -> names.reserve(name, claim.id()));
                    queue.add(claim);
                    tellWaiting();
                    return Optional.of(claim.name());
                });
    }

    private <T> T inTurn(Callable<T> task) throws IOException, InterruptedException {
        Future<T> result;
        try {
            result = thread.submit(task);
        } catch (RejectedExecutionException e) {
            throw ended();
        }
        asked.add(result);
        try {
            if (stopping) {
                // It may have missed that it is to be cancelled.
                result.cancel(false);
            }
            return result.get();
        } catch (CancellationException e) {
            throw ended();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof PluginException p) {
                throw p;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw ended();
            }
            throw new IllegalStateException(
                    "the pipeline failed in a way that it should not", e.getCause());
        } finally {
            asked.remove(result);
        }
    }

    private IllegalStateException ended() {
        return new IllegalStateException(
                "pipeline '" + settings.get().name() + "' has ended; nothing was done");
    }

    private StreamJob job() {
        return new StreamJob(settings.get(), services, counters, this::ending);
    }

    private boolean ending() {
        return stopping || hostEnds.getAsBoolean();
    }

    private RunReport run(StreamJob.Input input, ResultFiles.Names under)
            throws IOException, InterruptedException {
        working = Names.printable(input.name());
        try {
            return counted(job().run(input, under));
        } finally {
            working = "";
        }
    }

    private RunReport counted(RunReport report) {
        counters.add(report);
        log(report);
        return report;
    }

    void start() {
        thread.execute(this::round);
    }

    void stop() {
        stopping = true;
        thread.shutdownNow();
        asked.forEach(f -> f.cancel(false));
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a file is still being worked on and is left to the next start");
                leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** That the host ends in work on it is not the input's doing. */
    private void leave() {
        InputWork doing = work;
        ClaimQueue.Entry left = inWork;
        if (doing != null && left != null) {
            try {
                doing.left(left.claim);
            } catch (IOException e) {
                LOG.debug("it is counted as an attempt", e);
            }
        }
    }

    private void round() {
        long again = RETRY_MILLIS;
        try {
            again = tried();
        } finally {
            // Whatever was thrown, and be it that there is no memory to log it.
            if (again >= 0 && !thread.isShutdown()) {
                again(again);
            }
        }
    }

    private void again(long millis) {
        try {
            thread.schedule(this::round, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("it ends", e);
        }
    }

    /** Milliseconds until the next round; negative for none. */
    private long tried() {
        try {
            return step() ? 0 : settings.get().pollMillis();
        } catch (InterruptedException e) {
            // It ends; what was in work is begun anew at the next start.
            Thread.currentThread().interrupt();
            return -1;
        } catch (IOException e) {
            cannotWrite(e);
        } catch (RuntimeException | Error e) {
            LOG.error("code=INTERNAL the pipeline failed in a way that it should not", e);
        }
        return RETRY_MILLIS;
    }

    /** Works on one input. Whether there may be more. */
    private boolean step() throws IOException, InterruptedException {
        Claims c = ready();
        if (waitForPlugins()) {
            intake.look(settings.get());
            tellWaiting();
            return false;
        }
        // Told before a file comes that would have to wait for it.
        services.lineup(settings.get().stages());
        intake.look(settings.get());
        Optional<ClaimQueue.Entry> next = next(c);
        inWork = next.orElse(null);
        tellWaiting();
        if (next.isEmpty()) {
            sweep();
            return false;
        }
        try {
            work(next.get());
        } finally {
            inWork = null;
        }
        tellWaiting();
        return true;
    }

    private Claims ready() throws IOException {
        Claims c = claims;
        if (c == null) {
            c = new Claims(folders);
            InputWork.Runner runner =
                    new InputWork.Runner() {
                        @Override
                        public RunReport run(StreamJob.Input input, ResultFiles.Names under)
                                throws IOException, InterruptedException {
                            return InboxWorker.this.run(input, under);
                        }

                        @Override
                        public RunReport giveUp(
                                String name, StageRun.Failure failure, ResultFiles.Names under)
                                throws IOException {
                            return counted(job().giveUp(name, failure, under));
                        }
                    };
            work = new InputWork(settings.get().name(), folders, c, names, runner);
            for (Claim claim : c.recover()) {
                c.result(claim).ifPresent(name -> names.reserve(name, claim.id()));
                if (c.begun(claim) > 0 && !c.isDone(claim)) {
                    queue.addSuspect(claim);
                } else {
                    queue.add(claim);
                }
            }
            claims = c;
        }
        return c;
    }

    private Optional<ClaimQueue.Entry> next(Claims c) throws IOException {
        int unwritable = queue.unwritable();
        Optional<ClaimQueue.Entry> first = queue.next(intake.waiting() > 0 && unwritable < PROBES);
        if (first.isPresent() || unwritable >= PROBES) {
            return first;
        }
        return intake.take(c).map(queue::add);
    }

    private void tellWaiting() {
        int count = queue.waiting(inWork) + intake.waiting();
        List<Long> since = new ArrayList<>(2);
        queue.oldestNanos(inWork).ifPresent(since::add);
        intake.oldestNanos().ifPresent(since::add);
        waiting =
                new Waiting(count, since.stream().mapToLong(n -> n).min().orElse(0), intake.left());
    }

    private boolean waitForPlugins() {
        long now = System.nanoTime();
        if (!loading.getAsBoolean()) {
            loadingSinceNanos = now;
            waitsForPlugins = false;
            return false;
        }
        if (restored.getAsBoolean() && namedStagesServe()) {
            // Others that come and go are no reason to wait.
            waitsForPlugins = false;
            return false;
        }
        waitsForPlugins = now - loadingSinceNanos < TimeUnit.SECONDS.toNanos(LOADING_SECONDS);
        return waitsForPlugins;
    }

    private boolean namedStagesServe() {
        List<String> stages = settings.get().stages();
        return !stages.isEmpty() && services.lineup(stages).isComplete();
    }

    private void work(ClaimQueue.Entry entry) throws InterruptedException {
        InputWork doing = work;
        if (doing == null) {
            throw new IllegalStateException("nothing is claimed before all is ready");
        }
        try {
            doing.perform(entry.claim, settings.get());
            queue.ended(entry, true);
            troubles.over(Troubles.Kind.OUTBOX);
        } catch (InputException e) {
            again(doing, entry, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (ending()) {
                throw new InterruptedException("the pipeline ends");
            }
            if (entry.tries() >= ClaimQueue.TRIES) {
                giveUp(doing, entry, "its result cannot be written: " + Names.printable(e));
            } else {
                queue.unwritable(entry);
                cannotWrite(e);
            }
        } catch (RuntimeException | Error e) {
            // Before there is memory to be found for telling.
            queue.failed(entry);
            LOG.error(
                    "code=INTERNAL pipeline={} file='{}' failed in a way that it should not",
                    settings.get().name(),
                    Names.printable(entry.claim.name()),
                    e);
            if (doing.poisoned(entry.claim)) {
                giveUp(doing, entry, "it failed in the host: " + Names.printable(e));
            }
        }
    }

    /** An input that is to blame itself, and is tried a few times. */
    private void again(InputWork doing, ClaimQueue.Entry entry, String why) {
        queue.failed(entry);
        LOG.warn(
                "pipeline={} file='{}' try {} of {}: {}",
                settings.get().name(),
                Names.printable(entry.claim.name()),
                entry.tries(),
                ClaimQueue.TRIES,
                why);
        if (entry.tries() >= ClaimQueue.TRIES) {
            giveUp(doing, entry, why);
        }
    }

    private void giveUp(InputWork doing, ClaimQueue.Entry entry, String why) {
        try {
            doing.giveUp(entry.claim, settings.get(), why);
            queue.ended(entry, false);
        } catch (IOException e) {
            queue.unwritable(entry);
            cannotWrite(e);
        }
    }

    private void cannotWrite(IOException e) {
        troubles.tell(
                Troubles.Kind.OUTBOX,
                ErrorCode.STORE_FAILED,
                "%s; nothing is lost, it is tried again every %s ms; make room on the disk and check who may write in %s and %s"
                        .formatted(
                                Names.printable(e),
                                RETRY_MILLIS,
                                folders.outbox(),
                                folders.work().getParent()));
    }

    private void sweep() throws IOException {
        long now = System.nanoTime();
        if (now - sweptNanos >= SWEEP_NANOS) {
            sweptNanos = now;
            FileSettings files = settings.get().files();
            String name = settings.get().name();
            Retention.sweep(name, folders.processed(), files.processed());
            Retention.sweep(name, folders.failed(), files.failed());
        }
    }

    private static String skipped(RunReport r) {
        return r.skipped().stream()
                .map(e -> " skipped='%s %s: %s'".formatted(e.place(), e.plugin(), e.outcomes()))
                .collect(Collectors.joining());
    }

    private static void log(RunReport r) {
        String name = Names.printable(r.source());
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
