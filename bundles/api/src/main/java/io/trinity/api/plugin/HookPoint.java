package io.trinity.api.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A place in the pipeline where plugins are called. */
public enum HookPoint {
    PRE_PIPELINE,
    POST_CHUNK,
    PRE_FUSION,
    POST_FUSION,
    ON_ERROR,
    ON_METRICS,
    CUSTOM;

    /** The name in manifests: {@code post_chunk}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The export that serves it: {@code postchunk}. */
    public String export() {
        return label().replace("_", "");
    }

    /** The world of the contract: {@code hook-post-chunk}. */
    public String world() {
        return "hook-" + label().replace('_', '-');
    }

    /** Whether what goes on depends on a hook's answer; others are told and not waited for. */
    public boolean answers() {
        return this != ON_ERROR && this != ON_METRICS;
    }

    /** The point with that label, or nothing. */
    public static Optional<HookPoint> byLabel(String label) {
        return List.of(values()).stream().filter(p -> p.label().equals(label)).findFirst();
    }
}
