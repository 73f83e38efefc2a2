package io.trinity.engine.guest;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import java.util.Optional;

/**
 * Ends a guest's call at once. No compiled code can catch it: the verifier admits no exception
 * handler in guest classes.
 */
public final class GuestStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The one key that is not the plugin's. */
    public static final String TOTAL_MEMORY_KEY = "totalMemoryBytes";

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

    /**
     * What a guest needs to begin with is not to be had.
     *
     * @param wanted half a sentence: what, and how many bytes
     * @param arrayBytes of the array that was wanted
     */
    static GuestStop noMemory(String wanted, long arrayBytes, MemoryQuota quota) {
        Optional<String> total = quota.totalRefusing(HeapArrays.spent(arrayBytes));
        return total.isPresent()
                ? new GuestStop(
                        ErrorCode.LIMIT_TOTAL_MEMORY, wanted + "; " + total.get(), TOTAL_MEMORY_KEY)
                : new GuestStop(
                        ErrorCode.LIMIT_MEMORY,
                        "%s, allowed are %s".formatted(wanted, quota.limitBytes()),
                        "memoryBytes");
    }

    public ErrorCode code() {
        return code;
    }

    public String key() {
        return key;
    }
}
