package io.trinity.launcher;

import java.time.Duration;

/**
 * How long a client waits.
 *
 * @param first for the connection and the first sign that the request was read
 * @param silence between two signs; a host that answers gives one each second
 * @param whole for all of the answer
 */
record Patience(Duration first, Duration silence, Duration whole) {
    /** For lines of a person, which may run for hours as long as the host is there. */
    static final Patience LINE =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofDays(10_000));

    /** For questions that every host answers at once. */
    static final Patience QUESTION =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10));
}
