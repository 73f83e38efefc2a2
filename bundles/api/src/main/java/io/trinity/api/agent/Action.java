package io.trinity.api.agent;

import io.trinity.api.stream.Chunk;

/** What an agent wants done: {@code variant action} of the contract. */
public sealed interface Action {
    /** A letter to one agent. */
    record Send(Letter letter) implements Action {}

    /** A letter to all that subscribed to its topic. */
    record Publish(Letter letter) implements Action {}

    /** From now on it gets what is published under the topic. */
    record Subscribe(String topic) implements Action {}

    /** A chunk for the stream that it names. */
    record Emit(Chunk chunk) implements Action {}

    /** It wants to be woken in so many milliseconds, 0 to 4,294,967,295. */
    record Wake(long millis) implements Action {}

    /** It wants to end. */
    record Stop() implements Action {}
}
