package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.Action;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.HostAttributes;
import java.util.List;

/**
 * Whether an action that a plugin returned is one. Source: {@code plugin.wit}, world
 * agent-behavior.
 */
final class ActionCheck {
    private ActionCheck() {}

    /**
     * That it is one.
     *
     * @throws IllegalArgumentException if it lacks what it is for, or its chunk has an attribute of
     *     the host's
     */
    static void requireSound(Action action) {
        if (action instanceof Action.Send send) {
            require(send.letter().party(), "a letter to nobody");
        } else if (action instanceof Action.Publish publish) {
            require(publish.letter().topic(), "a letter to publish under no topic");
        } else if (action instanceof Action.Subscribe subscribe) {
            require(subscribe.topic(), "a subscription to no topic");
        } else if (action instanceof Action.Emit emit) {
            Chunk chunk = emit.chunk();
            HostAttributes.requireNoneMade(List.of(chunk), List.of());
            require(chunk.stream(), "a chunk for no stream");
        }
    }

    private static void require(String text, String what) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what);
        }
    }
}
