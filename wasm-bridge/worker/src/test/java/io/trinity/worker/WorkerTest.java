package io.trinity.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.worker.WorkerFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A worker answers, is kept while it does, and is gone after anything else. */
class WorkerTest extends WorkerFixture {
    @Test
    void one_process_answers_request_after_request() throws Exception {
        assertNull(worker.pid(), "started before it was needed");
        assertEquals("one", ask(OddWorker.ECHO, "one"));
        Long first = worker.pid();
        assertEquals("two", ask(OddWorker.ECHO, "two"));
        assertEquals(first, worker.pid());
    }

    @Test
    void one_that_takes_too_long_is_killed_and_the_next_request_gets_another() throws Exception {
        ask(OddWorker.ECHO, "");
        long pid = worker.pid();
        WorkerFailure f = failure(Kind.TIME, answerWithin(300), request(OddWorker.HANG, ""));
        assertTrue(f.getMessage().contains("longer than 300 ms"), f.getMessage());
        awaitEnd(pid);
        assertEquals("again", ask(OddWorker.ECHO, "again"));
        assertNotEquals(pid, worker.pid());
    }

    @Test
    void one_out_of_memory_says_so_and_leaves_the_host_alone() throws Exception {
        failure(Kind.MEMORY, LIMITS, request(OddWorker.EAT_MEMORY, ""));
        assertNull(worker.pid());
        assertEquals("again", ask(OddWorker.ECHO, "again"));
    }

    @Test
    void one_that_ends_is_told_with_its_exit_code() {
        WorkerFailure f = failure(Kind.ENDED, LIMITS, request(OddWorker.EXIT, "17"));
        assertTrue(f.getMessage().contains("exit code 17"), f.getMessage());
    }

    @Test
    void what_it_throws_is_logged_and_ends_it() {
        failure(Kind.ENDED, LIMITS, request(OddWorker.THROW, "a defect of the worker"));
        await("log", () -> log.stream().anyMatch(l -> l.contains("a defect of the worker")));
    }

    @Test
    void one_that_died_while_nobody_asked_is_replaced_unnoticed() throws Exception {
        ask(OddWorker.ECHO, "");
        long pid = worker.pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertEquals("again", ask(OddWorker.ECHO, "again"));
        assertNotEquals(pid, worker.pid());
    }

    @Test
    void one_killed_from_outside_in_the_middle_of_its_first_request_is_told() throws Exception {
        Future<WorkerFailure> failing;
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try {
            failing = asker.submit(() -> failure(Kind.ENDED, LIMITS, request(OddWorker.HANG, "")));
            await("start", () -> worker.pid() != null);
            ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();
            // Killed before it greeted, it never came up: the same, told otherwise.
            failing.get();
        } catch (java.util.concurrent.ExecutionException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("did not come up"), e::toString);
        } finally {
            asker.shutdownNow();
        }
        assertEquals("again", ask(OddWorker.ECHO, "again"));
    }

    @Test
    void an_answer_that_the_asker_is_not_content_with_is_the_last_of_its_process()
            throws Exception {
        worker.ask(launch(), LIMITS, request(OddWorker.ECHO, ""), a -> false);
        assertNull(worker.pid());
    }

    @Test
    void other_settings_mean_another_process() throws Exception {
        ask(OddWorker.ECHO, "");
        long pid = worker.pid();
        worker.ask(launch(folder, 48), LIMITS, request(OddWorker.ECHO, ""), a -> true);
        awaitEnd(pid);
        assertNotEquals(pid, worker.pid());
    }

    @Test
    void one_that_nobody_asks_is_ended() throws Exception {
        WorkerLimits brief =
                new WorkerLimits(LIMITS.start(), LIMITS.answer(), Duration.ofMillis(50), 1 << 20);
        worker.ask(launch(), brief, request(OddWorker.ECHO, ""), a -> true);
        await("idle end", () -> worker.pid() == null);
        assertEquals("again", ask(OddWorker.ECHO, "again"));
    }

    @Test
    void the_pipes_thread_does_not_outlive_its_use() throws Exception {
        WorkerLimits brief =
                new WorkerLimits(LIMITS.start(), LIMITS.answer(), Duration.ofMillis(10), 1 << 20);
        worker.ask(launch(), brief, request(OddWorker.ECHO, ""), a -> true);
        await(
                "no thread",
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(t -> t.getName().startsWith("test-worker")));
    }

    @Test
    void four_who_ask_at_once_are_answered_one_by_one_by_one_process() throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String text = "x".repeat(i);
                answers.add(askers.submit(() -> ask(OddWorker.ECHO, text) + worker.pid()));
            }
            Long pid = null;
            for (int i = 0; i < 40; i++) {
                String answer = answers.get(i).get();
                pid = pid == null ? worker.pid() : pid;
                assertEquals("x".repeat(i) + pid, answer);
            }
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void an_asker_who_is_interrupted_stops_waiting_and_its_process_is_killed() throws Exception {
        AtomicReference<Throwable> ended = new AtomicReference<>();
        ask(OddWorker.ECHO, "");
        long pid = worker.pid();
        Thread asker =
                new Thread(
                        () -> {
                            try {
                                ask(OddWorker.HANG, "");
                            } catch (Exception e) {
                                ended.set(e);
                            }
                        });
        asker.start();
        asker.interrupt();
        asker.join();
        assertEquals(InterruptedException.class, ended.get().getClass());
        // Interrupted while still waiting for its turn, it has harmed nobody.
        if (worker.pid() == null) {
            awaitEnd(pid);
        }
        assertEquals("again", ask(OddWorker.ECHO, "again"));
    }

    @Test
    void closing_kills_it_in_the_middle_and_nothing_is_started_any_more() throws Exception {
        ask(OddWorker.ECHO, "");
        long pid = worker.pid();
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try {
            Future<WorkerFailure> failing =
                    asker.submit(() -> failure(Kind.CLOSED, LIMITS, request(OddWorker.HANG, "")));
            worker.close();
            failing.get();
        } finally {
            asker.shutdownNow();
        }
        awaitEnd(pid);
        failure(Kind.CLOSED, LIMITS, request(OddWorker.ECHO, ""));
        assertNull(worker.pid());
    }

    @Test
    void without_an_executable_nothing_is_started() {
        Launch none =
                new Launch(
                        Path.of("/nowhere/java"), 32, List.of(), "x", folder, OddWorker.GREETING);
        WorkerFailure f =
                assertThrows(
                        WorkerFailure.class,
                        () -> worker.ask(none, LIMITS, request(1, ""), a -> true));
        assertEquals(Kind.NOT_STARTED, f.kind());
        assertTrue(f.getMessage().startsWith("/nowhere/java cannot be started"), f.getMessage());
    }

    @Test
    void a_jvm_that_does_not_come_up_is_told_and_so_is_one_of_another_version() {
        Launch missing = new Launch(Launch.ownJava(), 32, List.of(), "no.such.Main", folder, "odd");
        Launch other = launch();
        Launch another =
                new Launch(
                        other.java(), 32, other.classpath(), other.mainClass(), folder, "another");
        for (Launch l : List.of(missing, another)) {
            WorkerFailure f =
                    assertThrows(
                            WorkerFailure.class,
                            () -> worker.ask(l, LIMITS, request(1, ""), a -> true));
            assertEquals(Kind.NOT_STARTED, f.kind());
            assertTrue(f.getMessage().startsWith("it did not come up: "), f.getMessage());
            assertNull(worker.pid());
        }
        await("log", () -> log.stream().anyMatch(l -> l.contains("no.such.Main")));
    }

    @Test
    void nothing_of_the_hosts_environment_but_the_locale_is_handed_on() throws Exception {
        String told = ask(OddWorker.TELL_ENVIRONMENT, "");
        assertFalse(told.contains("PATH="), told);
        assertFalse(told.contains("HOME="), told);
    }

    @Test
    void a_folder_with_a_space_in_its_name_is_no_obstacle() throws Exception {
        Path odd = java.nio.file.Files.createDirectory(folder.resolve("with space"));
        Frame answer =
                worker.ask(launch(odd, 32), LIMITS, request(OddWorker.ECHO, "ok"), a -> true);
        assertEquals("ok", text(answer));
    }
}
