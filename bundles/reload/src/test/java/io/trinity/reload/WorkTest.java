package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.log.Asker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTest {
    private final Deque<Runnable> usual = new ArrayDeque<>();
    private final Deque<Runnable> asked = new ArrayDeque<>();
    private final Deque<Runnable> home = new ArrayDeque<>();
    private final Deque<Runnable> first = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Work work =
            new Work(new Work.Lane(usual::add, home::add), new Work.Lane(asked::add, first::add));

    private Work.Task begin(String name) {
        return work.begin(
                () -> name, String::valueOf, told -> done.add(told + " for " + Asker.now()));
    }

    private static void all(Deque<Runnable> lane) {
        while (!lane.isEmpty()) {
            lane.remove().run();
        }
    }

    @Test
    void whatSomebodyWaitsForHasALaneOfItsOwn() {
        begin("strangers");
        Asker.run("user:ada", () -> begin("hers"));
        all(asked);
        all(first);
        assertEquals(List.of("hers for user:ada"), done);
        assertFalse(work.isIdle());
        all(usual);
        all(home);
        assertEquals("strangers for host", done.get(1));
        assertTrue(work.isIdle());
    }

    @Test
    void whatIsGivenUpBeforeItBeginsIsToldSoAtOnceAndNeverDone() {
        begin("strangers");
        Work.Task task = begin("unwanted");
        task.giveUp();
        all(first);
        assertEquals(1, done.size());
        assertTrue(done.get(0).contains("CancellationException"), done.get(0));
        all(usual);
        all(home);
        assertEquals("strangers for host", done.get(1));
        assertEquals(2, done.size());
        assertTrue(work.isIdle());
    }

    @Test
    void whatSomebodyComesToWaitForLeavesTheQueueAndIsDoneOnce() {
        begin("strangers");
        Work.Task task = begin("awaited");
        task.hurry();
        task.hurry();
        all(asked);
        all(first);
        assertEquals(List.of("awaited for host"), done);
        all(usual);
        all(home);
        assertEquals(List.of("awaited for host", "strangers for host"), done);
        assertTrue(work.isIdle());
    }
}
