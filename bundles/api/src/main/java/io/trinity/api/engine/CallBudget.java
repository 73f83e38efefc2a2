package io.trinity.api.engine;

/**
 * What one call may spend. Zero means "no limit" for fuel only.
 *
 * @param cpuNanos thread CPU time, in nanoseconds
 * @param wallNanos wall-clock time limit for messages, in nanoseconds
 * @param deadlineNanos {@link System#nanoTime()} at which the call must be over; {@link
 *     Long#MAX_VALUE} for none
 * @param fuel instructions counted deterministically; 0 for no limit
 * @param stackBytes WebAssembly stack, in bytes of counted frames
 */
public record CallBudget(
        long cpuNanos, long wallNanos, long deadlineNanos, long fuel, int stackBytes) {
    public CallBudget {
        if (cpuNanos <= 0 || wallNanos <= 0 || fuel < 0 || stackBytes <= 0) {
            throw new IllegalArgumentException(
                    "budget: cpuNanos=%s wallNanos=%s fuel=%s stackBytes=%s"
                            .formatted(cpuNanos, wallNanos, fuel, stackBytes));
        }
    }
}
