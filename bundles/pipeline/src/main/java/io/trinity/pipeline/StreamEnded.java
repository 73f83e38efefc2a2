package io.trinity.pipeline;

/** A stream comes to its end before its input does: it failed. */
final class StreamEnded extends Exception {
    private static final long serialVersionUID = 1L;

    final transient StageRun.Failure failure;

    StreamEnded(StageRun.Failure failure) {
        super(failure.message());
        this.failure = failure;
    }
}
