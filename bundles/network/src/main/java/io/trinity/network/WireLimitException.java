package io.trinity.network;

import java.io.IOException;

/** More came than may come. Its message is for people. */
final class WireLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    WireLimitException(String message) {
        super(message);
    }
}
