package io.trinity.api.pipeline;

import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline at one instant. Counts are since it started.
 *
 * @param state {@code idle}, {@code working}, {@code waiting} (plugins are being loaded) or {@code
 *     vetoed}
 * @param inbox absolute path
 * @param outbox absolute path
 * @param stages plugins that chunks pass now, in order
 * @param working name of the file or stream in work; empty for none
 * @param queued chunks that wait in its queues
 * @param queueCapacity most that may wait
 * @param lastFault of the newest file that failed
 */
public record PipelineStatus(
        String name,
        String state,
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
        Optional<Fault> lastFault) {
    public PipelineStatus {
        stages = List.copyOf(stages);
    }
}
