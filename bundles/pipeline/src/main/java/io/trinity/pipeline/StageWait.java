package io.trinity.pipeline;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.stage.PipelineStage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which stages the chunks of one stream pass, and what becomes of the stream where one of them does
 * not serve: it waits, fails, or goes on without it. While it waits, what is configured anew holds
 * for it. Confined to the stream's thread.
 */
final class StageWait implements StageRun.Absence {
    private static final Logger LOG = LoggerFactory.getLogger(StageWait.class);
    private static final long POLL_MILLIS = 50;

    /** A stage that has no service yet, or never had one, is seen after this time. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PipelineServices services;
    private PipelineSettings settings;
    private @Nullable List<PipelineStage> seen;
    private long seenNanos;
    private Lineup lineup;

    StageWait(PipelineSettings settings, PipelineServices services) {
        this.settings = settings;
        this.services = services;
        this.lineup = Lineup.of(settings.stages(), List.of(), List.of());
    }

    /** The stages as they were when they were looked at last. */
    Lineup lineup() {
        return lineup;
    }

    /** Asking for everything at every chunk would cost more than many a stage does. */
    private void look() {
        List<PipelineStage> there = services.stages();
        long now = System.nanoTime();
        if (there != seen || now - seenNanos > LOOK_NANOS || !lineup.isComplete()) {
            lookAnew();
        }
    }

    private void lookAnew() {
        seen = services.stages();
        seenNanos = System.nanoTime();
        lineup = services.lineup(settings.stages());
    }

    /**
     * Waits until all stages serve, or until chunks may go on without those that do not.
     *
     * @return the failure of the stream, where neither will be
     */
    Optional<StageRun.Failure> untilComplete() throws InterruptedException {
        look();
        long since = System.nanoTime();
        while (!lineup.isComplete() && settings.onMissing().policy() != OnMissing.SKIP) {
            if (!pause(since)) {
                String first = lineup.missing().keySet().iterator().next();
                return Optional.of(failure(first, lineup.told(), since));
            }
            settings = services.settings(settings);
            lookAnew();
        }
        return Optional.empty();
    }

    /**
     * Waits until whoever is installed to decode a type serves.
     *
     * @return the one that is passed over, by onMissing=skip or since it is off; nothing where one
     *     serves, or none is installed
     * @throws StreamEnded where the stream ends for it
     */
    Optional<AbsentHandler> untilHandled(String contentType)
            throws InterruptedException, StreamEnded {
        long since = System.nanoTime();
        boolean told = false;
        while (true) {
            List<AbsentHandler> absent =
                    services.absentHandlers().stream()
                            .filter(h -> h.decodes(contentType))
                            .sorted(Comparator.comparing(AbsentHandler::off))
                            .toList();
            boolean serves =
                    services.handlers().stream()
                            .filter(h -> absent.stream().noneMatch(a -> a.name().equals(h.name())))
                            .anyMatch(
                                    h ->
                                            Handlers.forContentType(List.of(h), contentType)
                                                    .isPresent());
            if (serves || absent.isEmpty()) {
                return Optional.empty();
            }
            AbsentHandler first = absent.get(0);
            if (first.off() || settings.onMissing().policy() == OnMissing.SKIP) {
                return Optional.of(first);
            }
            if (!told) {
                told = true;
                LOG.warn(
                        "pipeline={} code=STAGE_MISSING {}, and it is to decode {}",
                        settings.name(),
                        first,
                        contentType);
            }
            if (!pause(since)) {
                throw new StreamEnded(failure(first.name(), first.toString(), since));
            }
            settings = services.settings(settings);
        }
    }

    @Override
    public StageRun.Next next(PipelineStage tried, PluginException cause, long sinceNanos)
            throws InterruptedException {
        String name = tried.name();
        Optional<PipelineStage> notThisOne = Optional.of(tried);
        while (true) {
            lookAnew();
            if (!lineup.names().contains(name)) {
                return new StageRun.Next.Without(Optional.empty());
            }
            Optional<PipelineStage> service = lineup.service(name);
            if (service.isPresent() && !service.equals(notThisOne)) {
                return new StageRun.Next.Again(service.get());
            }
            Missing missing =
                    lineup.missing()
                            .getOrDefault(
                                    name,
                                    new Missing(name, cause.detail() + "; " + cause.remedy()));
            if (settings.onMissing().policy() == OnMissing.SKIP) {
                return new StageRun.Next.Without(Optional.of(failure(missing, sinceNanos)));
            }
            if (!pause(sinceNanos)) {
                return new StageRun.Next.Failed(failure(missing, sinceNanos));
            }
            settings = services.settings(settings);
            // After a pause it may serve again itself.
            notThisOne = Optional.empty();
        }
    }

    /** Whether there is time to wait, of which it takes a little. */
    private boolean pause(long sinceNanos) throws InterruptedException {
        MissingSettings now = settings.onMissing();
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
        long left = now.millis() - waited;
        if (now.policy() != OnMissing.WAIT || left <= 0) {
            return false;
        }
        Thread.sleep(Math.min(POLL_MILLIS, left));
        return true;
    }

    private StageRun.Failure failure(Missing missing, long sinceNanos) {
        return failure(missing.stage(), missing.toString(), sinceNanos);
    }

    private StageRun.Failure failure(String plugin, String missing, long sinceNanos) {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
        boolean waits = settings.onMissing().policy() == OnMissing.WAIT;
        return new StageRun.Failure(
                plugin,
                ErrorCode.STAGE_MISSING,
                "pipeline '%s'%s: %s"
                        .formatted(
                                settings.name(),
                                waits ? " waited " + waited + " ms" : "",
                                missing));
    }
}
