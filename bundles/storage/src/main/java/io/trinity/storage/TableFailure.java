package io.trinity.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A {@link Table} could not do what it was asked; the cause says why. */
final class TableFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TableFailure(Throwable cause) {
        super(text(cause), cause);
    }

    /** Without what the store calls things: {@code No space left on device}. */
    private static @Nullable String text(Throwable cause) {
        return cause.getCause() instanceof IOException e && e.getMessage() != null
                ? e.getMessage()
                : cause.getMessage();
    }

    private TableFailure(String message) {
        super(message);
    }

    static TableFailure ended() {
        return new TableFailure("the storage is being stopped");
    }
}
