package io.trinity.worker;

import org.jspecify.annotations.Nullable;

/** A worker gave no answer. Whatever the reason, its process is gone when this is thrown. */
public final class WorkerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Kind {
        /** No process could be started, or it never came to greet. */
        NOT_STARTED,
        /** It took longer than it was given, and was killed. */
        TIME,
        /** It ran out of its heap or of another of its own memories. */
        MEMORY,
        /** It ended by itself, crashed, or was killed from outside. */
        ENDED,
        /** It said something that is no answer, and was killed. */
        GARBAGE,
        /** The host's side has been closed. */
        CLOSED
    }

    private final Kind kind;

    WorkerFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
