package io.trinity.pipeline;

import io.trinity.api.home.Home;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stage.PipelineStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline in its first form: one thread that takes files from the inbox, passes their chunks
 * through the stages that serve, and puts results into the outbox. Also the owner of interface
 * {@code streams}.
 */
@Component(
        service = HostInterface.class,
        immediate = true,
        property = HostInterface.NAME + "=streams",
        configurationPid = "io.trinity.pipeline")
@Designate(ocd = PipelineComponent.Config.class)
public final class PipelineComponent implements HostInterface {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineComponent.class);
    private static final long RETRY_SECONDS = 5;

    @ObjectClassDefinition(
            name = "Trinity pipeline",
            description = "How files go from the inbox through the stages to the outbox")
    @interface Config {
        @AttributeDefinition(
                name = "Stages",
                description =
                        "Names of the stage plugins in the order in which chunks pass them; empty"
                                + " for all that serve, by name")
        String[] stages() default {};

        @AttributeDefinition(
                name = "On failure",
                description = "What becomes of chunks that a stage refuses or traps on",
                options = {
                    @Option(label = "The file fails", value = "fail"),
                    @Option(label = "They pass as they were", value = "pass"),
                    @Option(label = "They are left out", value = "drop")
                })
        String onFailure() default "fail";

        @AttributeDefinition(
                name = "Poll interval",
                description = "How often the inbox is looked at, in milliseconds, 10 to 60000",
                min = "10",
                max = "60000")
        int pollMillis() default 200;

        @AttributeDefinition(
                name = "Stillness",
                description =
                        "How long a file must have been left alone before it is taken, in"
                                + " milliseconds, 0 to 600000",
                min = "0",
                max = "600000")
        int stillMillis() default 400;

        @AttributeDefinition(
                name = "Keep inputs",
                description = "Whether files that went through are kept in data/processed")
        boolean keepInputs() default true;

        @AttributeDefinition(
                name = "Streams",
                description = "Names of the streams by which plugins hand chunks to each other")
        String[] streams() default {"events"};

        @AttributeDefinition(
                name = "Stream capacity",
                description = "Most chunks that wait in one stream, 1 to 4096",
                min = "1",
                max = "4096")
        int streamChunks() default 64;
    }

    private final Config config;
    private final FailurePolicy policy;
    private final Home home;
    private final StreamQueues streams;
    private final ScheduledExecutorService thread;
    private final Deque<Inbox.Claim> waiting = new ArrayDeque<>();
    private @Nullable Inbox inbox;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PipelineStage> stages = List.of();

    /** For DS. */
    @Activate
    public PipelineComponent(BundleContext context, Config config) {
        this.config = config;
        this.policy = policy(config.onFailure());
        this.home = Home.of(context.getProperty(Home.PROPERTY));
        Set<String> names = new TreeSet<>(List.of(config.streams()));
        this.streams = new StreamQueues(names, Math.max(1, config.streamChunks()));
        // The stack must hold a guest's 64 KiB in interpreted JVM frames and the host below it.
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, "trinity-pipeline", 4L << 20));
        thread.scheduleWithFixedDelay(
                this::look, 0, Math.max(10, config.pollMillis()), TimeUnit.MILLISECONDS);
        LOG.info(
                "pipeline active inbox={} outbox={} stages={} onFailure={} streams={}",
                home.inbox(),
                home.outbox(),
                config.stages().length == 0 ? "all by name" : List.of(config.stages()),
                policy,
                names);
    }

    private static FailurePolicy policy(String text) {
        try {
            return FailurePolicy.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "code=CONFIG_INVALID conf/io.trinity.pipeline.cfg: onFailure={} is not fail,"
                            + " pass or drop; fail is in effect",
                    text);
            return FailurePolicy.FAIL;
        }
    }

    @Deactivate
    void deactivate() {
        streams.close();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable Object call(HostCall call, String function, Object[] arguments)
            throws HostFailure {
        Object result = streams.call(function, arguments, call.deadlineNanos());
        return result == StreamQueues.NOTHING ? null : result;
    }

    /** One round: claim what is still, then work on all that is claimed. */
    private void look() {
        try {
            if (inbox == null) {
                inbox = new Inbox(home.inbox(), home.data().resolve("work"));
                waiting.addAll(inbox.unfinished());
            }
            waiting.addAll(inbox.claim(TimeUnit.MILLISECONDS.toNanos(config.stillMillis())));
            while (!waiting.isEmpty() && !thread.isShutdown()) {
                work(waiting.element());
                waiting.remove();
            }
        } catch (IOException e) {
            LOG.error(
                    "code=STORE_FAILED {}; nothing is lost, next try in {} s; make room on the disk"
                            + " and check who may write below {}",
                    e.toString(),
                    RETRY_SECONDS,
                    home.root());
            pauseBeforeRetry();
        } catch (RuntimeException | Error e) {
            LOG.error("code=INTERNAL the pipeline failed in a way that it should not", e);
            waiting.pollFirst();
        }
    }

    private void pauseBeforeRetry() {
        try {
            TimeUnit.SECONDS.sleep(RETRY_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Inbox.Claim claim) throws IOException {
        long start = System.nanoTime();
        StreamJob job =
                new StreamJob(() -> StageOrder.of(List.of(config.stages()), stages), policy);
        StreamJob.Outcome outcome = job.run(claim.path(), claim.name(), home.outbox());
        String name = claim.name().replaceAll("\\p{Cntrl}", "?");
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (outcome.failure().isPresent()) {
            StageRun.Failure f = outcome.failure().get();
            LOG.warn(
                    "file='{}' status=failed plugin={} code={} {}",
                    name,
                    f.plugin(),
                    f.code(),
                    f.message());
            keep(claim, home.data().resolve("failed"));
        } else {
            LOG.info(
                    "file='{}' status=ok chunks={} bytes={} millis={}",
                    name,
                    outcome.chunksIn(),
                    outcome.bytesIn(),
                    millis);
            if (config.keepInputs()) {
                keep(claim, home.data().resolve("processed"));
            } else {
                Files.deleteIfExists(claim.path());
            }
        }
    }

    private static void keep(Inbox.Claim claim, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.move(
                claim.path(),
                folder.resolve(String.valueOf(claim.path().getFileName())),
                StandardCopyOption.ATOMIC_MOVE);
    }
}
