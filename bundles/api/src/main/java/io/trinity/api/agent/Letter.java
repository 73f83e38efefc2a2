package io.trinity.api.agent;

import java.util.Objects;

/**
 * A message between agents: {@code record letter} of the contract.
 *
 * @param party address of the sender, or of the receiver
 * @param topic empty for a letter to one agent, else the topic it was published under
 * @param body not copied, must not be changed
 */
public record Letter(String party, String topic, byte[] body) {
    public Letter {
        Objects.requireNonNull(party, "party");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(body, "body");
    }
}
