package io.trinity.bench.compare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The machine's node, whose V8 is compared with.
 *
 * @param version as it says itself, {@code v20.20.2}
 */
record Node(String version) {
    private static final int OLDEST = 18;

    /** Where there is one on the PATH that is new enough. */
    static Optional<Node> find() throws InterruptedException {
        try {
            String version = Processes.lines(List.of("node", "--version")).get(0);
            int major = Integer.parseInt(version.substring(1).split("\\.", 2)[0]);
            return major < OLDEST ? Optional.empty() : Optional.of(new Node(version));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
