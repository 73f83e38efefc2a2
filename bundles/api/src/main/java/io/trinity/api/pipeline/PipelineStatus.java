package io.trinity.api.pipeline;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline at one instant. Counts are since it started.
 *
 * @param inbox absolute path
 * @param outbox absolute path
 * @param stages plugins that chunks pass now, in order
 * @param working name of the file or stream in work; empty for none
 * @param queued chunks that wait in its queues
 * @param queueCapacity most that may wait
 * @param lastFault of the newest file that failed
 * @param trouble what holds all its inputs up now; a fault of one input is none
 * @param inputsWaiting inputs that wait for their turn, the one in work not counted
 * @param oldestWaitingMillis how long ago this host first saw the oldest of them; 0 for none
 * @param missing what chunks are to pass and that does not serve now
 * @param partial those of the done that passed with something skipped
 * @param lastFaultAt when the newest file failed, by the machine's clock
 * @param lastFailed whether no file went through since
 */
public record PipelineStatus(
        String name,
        PipelineState state,
        String inbox,
        String outbox,
        List<String> stages,
        String working,
        long done,
        long failed,
        long chunksIn,
        long chunksOut,
        long bytesIn,
        long bytesOut,
        long windows,
        int queued,
        int queueCapacity,
        Optional<Fault> lastFault,
        Optional<Trouble> trouble,
        int inputsWaiting,
        long oldestWaitingMillis,
        List<Missing> missing,
        long partial,
        Optional<Instant> lastFaultAt,
        boolean lastFailed) {
    public PipelineStatus {
        stages = List.copyOf(stages);
        missing = List.copyOf(missing);
    }

    /** One that does not know when its newest file failed, and had no other since. */
    public PipelineStatus(
            String name,
            PipelineState state,
            String inbox,
            String outbox,
            List<String> stages,
            String working,
            long done,
            long failed,
            long chunksIn,
            long chunksOut,
            long bytesIn,
            long bytesOut,
            long windows,
            int queued,
            int queueCapacity,
            Optional<Fault> lastFault,
            Optional<Trouble> trouble,
            int inputsWaiting,
            long oldestWaitingMillis,
            List<Missing> missing,
            long partial) {
        this(
                name,
                state,
                inbox,
                outbox,
                stages,
                working,
                done,
                failed,
                chunksIn,
                chunksOut,
                bytesIn,
                bytesOut,
                windows,
                queued,
                queueCapacity,
                lastFault,
                trouble,
                inputsWaiting,
                oldestWaitingMillis,
                missing,
                partial,
                Optional.empty(),
                lastFault.isPresent());
    }

    /**
     * A plugin that does not serve where it is needed.
     *
     * @param place {@code stage}, or the label of a hook point
     * @param why in words, with what to do
     */
    public record Missing(String plugin, String place, String why) {}

    /**
     * What holds a pipeline up.
     *
     * @param message in words: who, what, and what to do
     * @param since by the machine's clock
     * @param lastingMillis the same by a clock that nobody sets
     */
    public record Trouble(ErrorCode code, String message, Instant since, long lastingMillis) {}
}
