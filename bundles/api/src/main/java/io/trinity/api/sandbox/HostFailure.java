package io.trinity.api.sandbox;

/**
 * What the world outside did to a host function, told to the guest as the contract's {@code
 * failure}; the message is what {@code host.explain} then says. Without stack trace: it is an
 * answer.
 */
public final class HostFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The cases of {@code enum failure}, in the contract's order. */
    public enum Reason {
        DENIED,
        INVALID,
        NOT_FOUND,
        LIMIT,
        TIMEOUT,
        UNAVAILABLE,
        FAILED
    }

    private final Reason reason;

    /** A failure and its sentence for people. */
    public HostFailure(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The case. */
    public Reason reason() {
        return reason;
    }
}
