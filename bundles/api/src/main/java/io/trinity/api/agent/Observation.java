package io.trinity.api.agent;

import io.trinity.api.stream.Window;

/** What an agent saw: {@code variant observation} of the contract. */
public sealed interface Observation {
    /** The first one: what it was spawned with. */
    record Started(byte[] argument) implements Observation {}

    /** A letter came. */
    record Received(Letter letter) implements Observation {}

    /** A window was fused. */
    record Fused(Window window) implements Observation {}

    /** The time that {@link Action.Wake} asked for is over. */
    record Woken() implements Observation {}

    /** The last one; what is decided now is still done. */
    record Stopping() implements Observation {}
}
