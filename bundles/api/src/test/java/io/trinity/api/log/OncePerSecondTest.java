package io.trinity.api.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerSecondTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<Runnable> due = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final OncePerSecond often =
            new OncePerSecond(clock::get, (millis, work) -> due.add(work));

    private void tell(String key, String text) {
        often.tell(key, more -> lines.add(text + " more=" + more));
    }

    private void aSecondPasses() {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        List<Runnable> now = List.copyOf(due);
        due.clear();
        now.forEach(Runnable::run);
    }

    @Test
    void theFirstComesAtOnceAndTheLastAtTheSecondsEndWithTheNumberInBetween() {
        for (int i = 1; i <= 1000; i++) {
            tell("trap", "t" + i);
        }
        assertEquals(List.of("t1 more=0"), lines);
        aSecondPasses();
        assertEquals(List.of("t1 more=0", "t1000 more=998"), lines);
        aSecondPasses();
        assertEquals(2, lines.size());
        tell("trap", "later");
        assertEquals("later more=0", lines.get(2));
    }

    @Test
    void kindsDoNotSilenceEachOther() {
        tell("a", "a1");
        tell("b", "b1");
        tell("a", "a2");
        assertEquals(List.of("a1 more=0", "b1 more=0"), lines);
        aSecondPasses();
        assertEquals(List.of("a1 more=0", "b1 more=0", "a2 more=0"), lines);
    }

    @Test
    void manyKindsTakeBoundedRoomAndALineASecond() {
        for (int i = 0; i < 10 * OncePerSecond.MAX_KEYS; i++) {
            tell("k" + i, "x");
        }
        assertEquals(OncePerSecond.MAX_KEYS + 1, lines.size());
    }
}
