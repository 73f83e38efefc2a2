package io.trinity.launcher;

import java.io.IOException;

/** A home's control socket gave no whole answer. */
final class Silence extends IOException {
    private static final long serialVersionUID = 1L;

    /** How. */
    enum Kind {
        /** Nobody listens. */
        NOBODY,
        /** Somebody listens, and does not answer in time. */
        NO_ANSWER,
        /** The connection ended before the answer did. */
        CUT
    }

    private final Kind kind;

    Silence(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
