package io.trinity.api.stream;

import io.trinity.api.text.Escaped;
import java.util.List;

/** Attributes whose names have a dot: the host's, which a plugin passes on or leaves out. Pure. */
public final class HostAttributes {
    private static final int SHOWN = 64;

    private HostAttributes() {}

    /**
     * That chunks have none of the host's which a plugin made or changed.
     *
     * @param made by the plugin
     * @param given what it was called with
     * @throws IllegalArgumentException if they have
     */
    public static void requireNoneMade(List<Chunk> made, List<Chunk> given) {
        for (Chunk chunk : made) {
            for (Chunk.Attribute a : chunk.attributes()) {
                requireOwn(a, given);
            }
        }
    }

    /**
     * That an attribute which a plugin made is none of the host's, unless it was given to it.
     *
     * @throws IllegalArgumentException if it is
     */
    public static void requireOwn(Chunk.Attribute made, List<Chunk> given) {
        if (made.name().indexOf('.') >= 0
                && given.stream().noneMatch(c -> c.attributes().contains(made))) {
            throw new IllegalArgumentException(
                    "attribute '"
                            + Escaped.line(made.name(), SHOWN)
                            + "' has a name with a dot, which is the host's: it is passed on as it"
                            + " came, or left out");
        }
    }
}
