package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.Letter;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.ChunkFields;
import io.trinity.canonical.abi.VariantValue;
import java.util.List;
import java.util.Objects;

/** Actions from WIT values. Source: {@code plugin.wit}, world agent-behavior. */
final class ActionFields {
    private static final int SEND = 0;
    private static final int PUBLISH = 1;
    private static final int SUBSCRIBE = 2;
    private static final int EMIT = 3;
    private static final int WAKE = 4;
    private static final int STOP = 5;

    private ActionFields() {}

    /**
     * The action that a WIT value stands for.
     *
     * @throws IllegalArgumentException if it lacks what it is for, or its chunk breaks the bounds
     */
    static Action action(Object value) {
        VariantValue variant = (VariantValue) value;
        if (variant.tag() == STOP) {
            return new Action.Stop();
        }
        Object payload = Objects.requireNonNull(variant.payload());
        switch (variant.tag()) {
            case SEND:
                Letter sent = letter(payload);
                require(sent.party(), "a letter to nobody");
                return new Action.Send(sent);
            case PUBLISH:
                Letter published = letter(payload);
                require(published.topic(), "a letter to publish under no topic");
                return new Action.Publish(published);
            case SUBSCRIBE:
                String topic = (String) payload;
                require(topic, "a subscription to no topic");
                return new Action.Subscribe(topic);
            case EMIT:
                Chunk chunk = ChunkFields.made(List.of(payload), List.of()).get(0);
                require(chunk.stream(), "a chunk for no stream");
                return new Action.Emit(chunk);
            case WAKE:
                return new Action.Wake((Long) payload);
            default:
                throw new IllegalStateException("variant action has no case " + variant.tag());
        }
    }

    private static Letter letter(Object value) {
        Object[] f = (Object[]) value;
        return new Letter((String) f[0], (String) f[1], (byte[]) f[2]);
    }

    private static void require(String text, String what) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what);
        }
    }
}
