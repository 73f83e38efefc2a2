package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimQueueTest {
    private final ClaimQueue queue = new ClaimQueue(0);

    private static Claim claim(int number) {
        Path folder = Path.of("work", "%016x".formatted(number));
        return Claim.of(folder, folder.resolve("a.txt"));
    }

    private Optional<Claim> next(boolean othersWait) {
        return queue.next(othersWait).map(e -> e.claim);
    }

    @Test
    void theOldestIsFirstAndOneThatFailedIsBehindAllOthers() {
        ClaimQueue.Entry first = queue.add(claim(1));
        queue.add(claim(2));
        assertEquals(Optional.of(claim(1)), next(false));
        queue.failed(first);
        assertEquals(Optional.of(claim(2)), next(false));
        queue.ended(queue.next(false).orElseThrow(), true);
        assertEquals(Optional.empty(), next(true), "while others wait it waits");
        assertEquals(Optional.of(claim(1)), next(false));
    }

    @Test
    void oneInWhoseWorkTheHostDiedWaitsForAllOthers() {
        queue.addSuspect(claim(1));
        queue.add(claim(2));
        assertEquals(Optional.of(claim(2)), next(false));
    }

    @Test
    void itIsTheInputsFaultOnlyIfAnotherWasWrittenMeanwhile() {
        ClaimQueue.Entry bad = queue.add(claim(1));
        ClaimQueue.Entry good = queue.add(claim(2));
        for (int i = 0; i < 10; i++) {
            queue.unwritable(bad);
        }
        queue.unwritable(good);
        assertEquals(0, bad.tries());
        assertEquals(2, queue.unwritable());
        queue.ended(good, true);
        assertEquals(1, bad.tries());
        assertEquals(0, queue.unwritable());
        queue.ended(queue.add(claim(3)), true);
        assertEquals(1, bad.tries(), "it was not tried since");
    }

    @Test
    void whileItPausesItIsNotNext() {
        ClaimQueue pausing = new ClaimQueue(Long.MAX_VALUE / 4);
        ClaimQueue.Entry e = pausing.add(claim(1));
        pausing.failed(e);
        assertEquals(Optional.empty(), pausing.next(false));
        assertEquals(1, e.tries());
        assertEquals(1, pausing.waiting(null));
        assertEquals(Optional.of(e.sinceNanos), pausing.oldestNanos(null));
        assertEquals(0, pausing.waiting(e), "what is worked on does not wait");
        assertEquals(Optional.empty(), pausing.oldestNanos(e));
    }
}
