package io.trinity.pipeline;

import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one claimed input to its end: results into the outbox, the input to those that went
 * through or failed. Each step may be the last of this process, and is taken up by the next.
 * Confined to one thread.
 */
final class InputWork {
    private static final Logger LOG = LoggerFactory.getLogger(InputWork.class);

    /** Runs a job, and counts what came of it. */
    interface Runner {
        RunReport run(StreamJob.Input input, ResultFiles.Names names)
                throws IOException, InterruptedException;

        RunReport giveUp(String name, StageRun.Failure failure, ResultFiles.Names names)
                throws IOException;
    }

    private final String pipeline;
    private final PipelineFolders folders;
    private final Claims claims;
    private final OutboxNames names;
    private final Runner runner;

    InputWork(
            String pipeline,
            PipelineFolders folders,
            Claims claims,
            OutboxNames names,
            Runner runner) {
        this.pipeline = pipeline;
        this.folders = folders;
        this.claims = claims;
        this.names = names;
        this.runner = runner;
    }

    /**
     * Works on it, from where an earlier try left it. Whatever else is thrown is a failure of the
     * host in work on it, and stays counted as its death does.
     *
     * @throws InputException if the input is to blame: it is as it was
     * @throws IOException if something cannot be written: it is as it was
     * @throws InterruptedException if the pipeline ends: it is as it was
     */
    void perform(Claim claim, PipelineSettings settings) throws IOException, InterruptedException {
        if (!claims.isDone(claim)) {
            int attempts = claims.begun(claim);
            if (attempts >= ClaimQueue.ATTEMPTS) {
                giveUp(
                        claim,
                        settings,
                        "the host failed or died %s times while it was in work"
                                .formatted(attempts));
                return;
            }
            claims.begin(claim);
            try {
                StreamJob.Input input = new StreamJob.Input(claim.file(), claim.name(), false);
                ResultFiles.Names under = under(claim, settings);
                finished(claim, runner.run(input, under));
            } catch (IOException | InterruptedException e) {
                claims.ended(claim);
                throw e;
            }
            claims.ended(claim);
        }
        putAway(claim, settings);
    }

    /** Whether the host has failed in work on it as often as it may. */
    boolean poisoned(Claim claim) {
        return claims.begun(claim) >= ClaimQueue.ATTEMPTS;
    }

    /** The host comes to an orderly end, and does not wait for work on it any longer. */
    void left(Claim claim) throws IOException {
        claims.ended(claim);
    }

    private ResultFiles.Names under(Claim claim, PipelineSettings settings) {
        return new ResultFiles.Names(
                folders.outbox(),
                names,
                claim.id(),
                settings.files().replace(),
                claims.result(claim),
                name -> claims.result(claim, name),
                claim.file());
    }

    private void finished(Claim claim, RunReport report) throws IOException {
        String result = claims.result(claim).orElse("");
        claims.done(
                claim,
                report.fault()
                        .map(
                                f ->
                                        new Fate(
                                                f,
                                                Instant.now(),
                                                result,
                                                FailedInputs.stamp(folders.outbox(), result))));
    }

    private void putAway(Claim claim, PipelineSettings settings) throws IOException {
        claims.putAway(claim, settings.files().keepInputs());
        names.release(claim.id());
    }

    /** It ends among those that failed; the outbox tells of it if that can be written. */
    void giveUp(Claim claim, PipelineSettings settings, String why) throws IOException {
        String message =
                "pipeline '%s': file '%s' is given up: %s; it is kept in %s, and pipeline:retry %s '%s'"
                                .formatted(
                                        pipeline,
                                        Names.printable(claim.name()),
                                        why,
                                        folders.failed(),
                                        pipeline,
                                        Names.printable(claim.name()))
                        + " takes it again";
        StageRun.Failure failure = new StageRun.Failure("", ErrorCode.INPUT_ABANDONED, message);
        Files.createDirectories(claim.folder());
        RunReport report;
        try {
            report = runner.giveUp(claim.name(), failure, under(claim, settings));
        } catch (IOException e) {
            LOG.warn(
                    "code=STORE_FAILED pipeline={} the summary of '{}' cannot be written: {}",
                    pipeline,
                    Names.printable(claim.name()),
                    Names.printable(e));
            report =
                    new RunReport(
                            pipeline,
                            claim.name(),
                            "",
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            Optional.of(
                                    new io.trinity.api.plugin.PluginSnapshot.Fault(
                                            failure.code(), failure.message())),
                            java.util.List.of());
        }
        finished(claim, report);
        putAway(claim, settings);
    }
}
