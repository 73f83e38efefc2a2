package io.trinity.pipeline;

/** What becomes of chunks that a stage refused or trapped on. */
enum FailurePolicy {
    /** The stream fails: its result says so and has no transformed bytes. */
    FAIL,
    /** They go on as they were before the stage. */
    PASS,
    /** They are left out. */
    DROP
}
