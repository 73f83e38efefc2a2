package io.trinity.api.pipeline;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline at one instant.
 *
 * @param inbox absolute path
 * @param outbox absolute path
 * @param stages plugins that chunks pass now, in order
 * @param missing what chunks are to pass and that does not serve now
 * @param working name of the file or stream in work; empty for none
 * @param trouble what holds all its inputs up now; a fault of one input is none
 * @param lastFailure the newest file that failed
 */
public record PipelineStatus(
        String name,
        PipelineState state,
        String inbox,
        String outbox,
        List<String> stages,
        List<Missing> missing,
        String working,
        Counts counts,
        Waiting waiting,
        Optional<Trouble> trouble,
        Optional<LastFailure> lastFailure) {
    public PipelineStatus {
        stages = List.copyOf(stages);
        missing = List.copyOf(missing);
    }

    /**
     * What it did since it started. Chunks, bytes and windows are counted as they pass; those of a
     * file that was begun anew passed twice.
     *
     * @param done files and streams that went through
     * @param partial those of the done that passed with something skipped
     * @param failed files and streams that did not go through
     */
    public record Counts(
            long done,
            long partial,
            long failed,
            long chunksIn,
            long chunksOut,
            long bytesIn,
            long bytesOut,
            long windows) {
        /** Of one that did nothing yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * What it has still to do.
     *
     * @param queued chunks that wait in its queues
     * @param queueCapacity most that may wait
     * @param inputs inputs that wait for their turn, the one in work not counted
     * @param oldestMillis how long ago this host first saw the oldest of them; 0 for none
     * @param left what lies in the inbox and is not taken
     */
    public record Waiting(
            int queued, int queueCapacity, int inputs, long oldestMillis, Left left) {}

    /**
     * Files that lie in the inbox and are not taken: links, files that the host's user may not
     * read, and the like.
     *
     * @param files how many
     * @param first some of them by name, printable, each with the reason; at most {@link #MOST}
     */
    public record Left(int files, Map<String, String> first) {
        /** As many are named. */
        public static final int MOST = 20;

        /** None. */
        public static final Left NONE = new Left(0, Map.of());

        public Left {
            first = Collections.unmodifiableMap(new LinkedHashMap<>(first));
        }
    }

    /**
     * A plugin that does not serve where it is needed.
     *
     * @param place {@code stage}; {@code handler}, which only files of its types wait for; or the
     *     label of a hook point
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

    /**
     * A file that failed.
     *
     * @param file its name, printable
     * @param at by the machine's clock
     * @param recovered whether a file went through since
     */
    public record LastFailure(String file, Fault fault, Instant at, boolean recovered) {}
}
