package io.trinity.outside;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;

/** Waits for what will hold: looks again and again, and fails when it never does. */
final class Await {
    /** Far more than anything takes, also on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(90);

    /** Most conditions start a process of ours to ask: often at first, then less. */
    private static final PollInterval LOOKS =
            IterativePollInterval.iterative(
                    d -> d.toMillis() > 600 ? d : d.multipliedBy(3).dividedBy(2),
                    Duration.ofMillis(100));

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
                .pollInterval(LOOKS)
                .ignoreExceptions()
                .until(condition);
    }
}
