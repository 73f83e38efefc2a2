package io.trinity.api.policy;

/**
 * The limits in effect for one plugin. Sources, in order: factory PID {@code io.trinity.plugin} of
 * the plugin, PID {@code io.trinity.limits}, the defaults here. A change applies to the next call.
 *
 * @param memoryBytes linear memories, tables and handles of all guests of a generation together
 * @param cpuMillis thread CPU time of one call, in milliseconds
 * @param wallMillis wall-clock time of one call, in milliseconds
 * @param fuel counted instructions of one call; 0 for no limit
 * @param stackBytes WebAssembly stack, in bytes of counted frames
 * @param hookDepth hooks that may call hooks
 * @param hooks hooks of one plugin
 * @param dependencies dependencies of one plugin
 * @param hostCalls host calls within one call
 * @param queue calls that may wait for a guest
 * @param initMillis CPU time for the start function and {@code _initialize}, in milliseconds
 * @param logLines lines that a plugin may log in one second
 */
public record Limits(
        long memoryBytes,
        int cpuMillis,
        int wallMillis,
        long fuel,
        int stackBytes,
        int hookDepth,
        int hooks,
        int dependencies,
        int hostCalls,
        int queue,
        int initMillis,
        int logLines) {
    /** What holds where nothing is configured. */
    public static final Limits DEFAULT =
            new Limits(16 << 20, 100, 1000, 0, 64 << 10, 4, 16, 8, 10_000, 64, 1000, 100);
}
