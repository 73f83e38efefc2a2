package io.trinity.api.pipeline;

import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.util.List;
import java.util.Locale;
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

    /** How a run ended. */
    public enum Status {
        /** All of it passed all that it was to pass. */
        OK,
        /** It passed, and {@link #skipped} did not do their part on all of it. */
        PARTIAL,
        /** It did not pass; {@link #fault} says why. */
        FAILED;

        /** The status as people and JSON see it: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it ended. */
    public Status status() {
        return status(fault, trace);
    }

    /** How a run with that fault and that trace ended. */
    public static Status status(Optional<Fault> fault, List<TraceEntry> trace) {
        if (fault.isPresent()) {
            return Status.FAILED;
        }
        return skipped(trace).isEmpty() ? Status.OK : Status.PARTIAL;
    }

    /** What did not do its part at least once: it failed, or did not serve. */
    public List<TraceEntry> skipped() {
        return skipped(trace);
    }

    /** The same of a trace. */
    public static List<TraceEntry> skipped(List<TraceEntry> trace) {
        return trace.stream().filter(e -> e.failures() > 0).toList();
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
