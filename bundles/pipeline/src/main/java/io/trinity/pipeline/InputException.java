package io.trinity.pipeline;

import java.io.IOException;

/** An input cannot be read to its end as it was when it was taken: the outbox is not to blame. */
final class InputException extends IOException {
    private static final long serialVersionUID = 1;

    InputException(String message) {
        super(message);
    }
}
