package io.trinity.engine.guest;

import io.trinity.api.plugin.ErrorCode;

/**
 * Ends a guest's call at once. No compiled code can catch it: the verifier admits no exception
 * handler in guest classes.
 */
public final class GuestStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String key;

    /**
     * @param code why
     * @param detail actual against allowed
     * @param key the configuration key that would raise the limit; empty if none would
     */
    GuestStop(ErrorCode code, String detail, String key) {
        super(detail, null, false, false);
        this.code = code;
        this.key = key;
    }

    public ErrorCode code() {
        return code;
    }

    public String key() {
        return key;
    }
}
