package io.trinity.outside;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what will hold: looks again and again, and fails when it never does. */
final class Await {
    /** Far more than anything takes, also on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(90);

    private Await() {}

    /**
     * Returns when the condition holds; an exception of it counts as "not yet".
     *
     * @param what told when it never does
     */
    static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(condition);
    }
}
