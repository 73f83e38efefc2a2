package io.trinity.api.hook;

import io.trinity.api.plugin.HookPoint;

/**
 * One hook of one plugin at one instant.
 *
 * @param name of a custom hook; empty otherwise
 * @param priority 100 to 1000; lower runs first
 * @param enabled whether it is called
 * @param calls made since the host started
 * @param skipped calls that failed, and those that were refused
 * @param averageMicros mean wall time of the calls, in microseconds; 0 before the first
 * @param conflict other plugins with the same point, name and priority, separated by commas; empty
 *     for none
 * @param required whether nothing goes on where it fails or is not called
 * @param missing why it is not called now, in words with what to do; empty where it is
 */
public record HookSnapshot(
        String plugin,
        HookPoint point,
        String name,
        int priority,
        boolean enabled,
        long calls,
        long skipped,
        double averageMicros,
        String conflict,
        boolean required,
        String missing) {}
