package io.trinity.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What becomes of chunks that are to pass a stage which does not serve. */
enum OnMissing {
    /** They wait for it, a bounded time; then the stream fails. */
    WAIT,
    /** The stream fails at once. */
    FAIL,
    /** They go on without it, and the stream's status says so. */
    SKIP;

    /** The word in configurations: {@code wait}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Stream.of(values()).map(OnMissing::label).toList();
    }
}
