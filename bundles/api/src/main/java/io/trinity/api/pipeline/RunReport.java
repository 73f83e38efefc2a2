package io.trinity.api.pipeline;

import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What became of one file or stream.
 *
 * @param source name of the file or stream
 * @param output name of the result in the outbox; empty where there is none
 * @param fault why it failed
 * @param trace what each plugin did, in the order of its first use
 */
public record RunReport(
        String pipeline,
        String source,
        String output,
        long chunksIn,
        long bytesIn,
        long chunksOut,
        long bytesOut,
        long windows,
        long millis,
        Optional<Fault> fault,
        List<TraceEntry> trace) {
    public RunReport {
        trace = List.copyOf(trace);
    }

    /**
     * One plugin at one place.
     *
     * @param place {@code decode}, {@code stage}, {@code encode}, or a hook point's label
     * @param outcomes how often each came, such as {@code pass 12, drop 1}; for people
     */
    public record TraceEntry(
            String plugin,
            String place,
            long calls,
            long failures,
            long chunksIn,
            long chunksOut,
            long micros,
            String outcomes) {}
}
