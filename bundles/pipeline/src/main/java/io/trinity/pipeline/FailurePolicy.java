package io.trinity.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What becomes of chunks that a stage refused or trapped on. */
enum FailurePolicy {
    /** The stream fails: its result says so and has no transformed bytes. */
    FAIL,
    /** They go on as they were before the stage. */
    PASS,
    /** They are left out. */
    DROP;

    /** The word in configurations: {@code fail}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Stream.of(values()).map(FailurePolicy::label).toList();
    }
}
