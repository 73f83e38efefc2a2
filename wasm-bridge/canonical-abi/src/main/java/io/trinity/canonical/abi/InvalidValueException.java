package io.trinity.canonical.abi;

/**
 * What a guest handed over is sound for the canonical ABI, and the Java type that it is bound to
 * refuses it: a record's constructor threw {@link IllegalArgumentException}, whose message is
 * {@link #problem()}. Nothing is left half done: the call may go on.
 */
public final class InvalidValueException extends GuestAbiException {
    private static final long serialVersionUID = 1L;

    InvalidValueException(String function, String path, String problem) {
        super(function, path, problem);
    }
}
