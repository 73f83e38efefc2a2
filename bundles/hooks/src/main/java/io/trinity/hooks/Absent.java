package io.trinity.hooks;

import io.trinity.api.plugin.HookPoint;

/**
 * A hook that is required and is not called.
 *
 * @param name of a custom hook; empty for none, or for any where that is not known
 * @param priority that its plugin asked for; 0 where that is not known
 * @param configured whether it is required also where nobody knows the plugin
 * @param there whether the plugin is there: then somebody disabled the hook, or the plugin has none
 * @param disabled whether somebody did
 */
record Absent(
        String plugin,
        HookPoint point,
        String name,
        int priority,
        boolean configured,
        boolean there,
        boolean disabled) {
    /** {@code post_chunk}, {@code custom/NAME}. */
    String place() {
        return name.isEmpty() ? point.label() : point.label() + "/" + name;
    }
}
