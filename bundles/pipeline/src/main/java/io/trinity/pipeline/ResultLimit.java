package io.trinity.pipeline;

import io.trinity.api.config.Places;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.plugin.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How much the results of one input may take on the disk. Pure. */
final class ResultLimit {
    /** Bytes of results for each byte of the input; a line of JSON for a word is some forty. */
    static final int BYTES_PER_BYTE = 64;

    private ResultLimit() {}

    /** In bytes: so much for each input, and {@link #BYTES_PER_BYTE} for each byte of it. */
    static long bytes(StepSettings settings, long bytesIn) {
        long base = (long) settings.maxResultMebibytes() << 20;
        return bytesIn > (Long.MAX_VALUE - base) / BYTES_PER_BYTE
                ? Long.MAX_VALUE
                : base + BYTES_PER_BYTE * bytesIn;
    }

    /**
     * A failure where it is more, of whoever made most chunks of each that it got.
     *
     * @param written bytes of the results so far
     * @param bytesIn of the input so far
     */
    static Optional<StageRun.Failure> check(
            PipelineSettings settings, long written, long bytesIn, List<TraceEntry> trace) {
        long most = bytes(settings.step(), bytesIn);
        if (written <= most) {
            return Optional.empty();
        }
        Optional<TraceEntry> maker =
                trace.stream()
                        .filter(e -> e.chunksOut() > e.chunksIn())
                        .max(Comparator.comparingDouble(ResultLimit::growth));
        String made =
                maker.map(
                                e ->
                                        "; plugin '%s' made %s chunks of %s"
                                                .formatted(e.plugin(), e.chunksOut(), e.chunksIn()))
                        .orElse("");
        return Optional.of(
                new StageRun.Failure(
                        maker.map(TraceEntry::plugin).orElse(""),
                        ErrorCode.LIMIT_CHUNKS,
                        "pipeline '%s': its results of %s bytes of input take %s bytes, the limit is %s%s; make less of it, or raise %s in %s"
                                .formatted(
                                        settings.name(),
                                        bytesIn,
                                        written,
                                        most,
                                        made,
                                        StepSettings.MAX_RESULT,
                                        Places.of(PipelineSettings.PID + "~" + settings.name()))));
    }

    private static double growth(TraceEntry e) {
        return (double) e.chunksOut() / Math.max(1, e.chunksIn());
    }
}
