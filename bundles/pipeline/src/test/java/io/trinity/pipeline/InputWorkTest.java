package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test cuts the work off somewhere and takes it up in another life. */
class InputWorkTest {
    @TempDir Path home;
    private PipelineFolders folders;
    private PipelineSettings settings;
    private int runs;
    private boolean ending;
    private Fakes services = new Fakes();

    @BeforeEach
    void folders() throws IOException {
        settings =
                PipelineSettings.read(
                        java.util.Map.of(), PipelineSettings.defaults("main"), p -> {});
        folders = PipelineFolders.of(new Home(home), settings);
        Files.createDirectories(folders.inbox());
    }

    /** What a process has in its memory. */
    private final class Life implements InputWork.Runner {
        final Claims claims;
        final OutboxNames names = new OutboxNames(folders.outbox());
        final InputWork work;
        boolean diesBeforeItsEnd;

        Life() throws IOException {
            claims = new Claims(folders);
            work = new InputWork("main", folders, claims, names, this);
        }

        @Override
        public RunReport run(StreamJob.Input input, ResultFiles.Names under)
                throws IOException, InterruptedException {
            runs++;
            RunReport report =
                    new StreamJob(settings, services, new Counters(), () -> ending)
                            .run(input, under);
            if (diesBeforeItsEnd) {
                throw new StackOverflowError("as if the process died");
            }
            return report;
        }

        @Override
        public RunReport giveUp(String name, StageRun.Failure failure, ResultFiles.Names under)
                throws IOException {
            return new StreamJob(settings, new Fakes(), new Counters(), () -> false)
                    .giveUp(name, failure, under);
        }

        Claim take(String name, String text) throws IOException {
            Path f = Files.writeString(folders.inbox().resolve(name), text);
            return claims.take(new Inbox.Candidate(f, InputStamp.of(f), 0));
        }

        Claim only() throws IOException {
            List<Claim> all = claims.recover();
            assertEquals(1, all.size());
            return all.get(0);
        }
    }

    private List<String> outbox() throws IOException {
        try (var files = Files.list(folders.outbox())) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void resultsThatAreThereAreReplacedByARepetitionAndNotDoubled() throws Exception {
        Life first = new Life();
        Claim c = first.take("a.txt", "text");
        first.diesBeforeItsEnd = true;
        assertThrows(StackOverflowError.class, () -> first.work.perform(c, settings));
        assertEquals(List.of("a.txt", "a.txt.jsonl"), outbox());
        Life second = new Life();
        second.work.perform(second.only(), settings);
        assertEquals(List.of("a.txt", "a.txt.jsonl"), outbox());
        assertEquals(2, runs);
        assertEquals(1, Claims.numbered(folders.processed()).size());
    }

    @Test
    void whatIsDoneIsOnlyPutAway() throws Exception {
        Life first = new Life();
        Claim c = first.take("a.txt", "text");
        first.claims.done(c, Optional.empty());
        Life second = new Life();
        second.work.perform(second.only(), settings);
        assertEquals(0, runs);
        assertEquals(1, Claims.numbered(folders.processed()).size());
    }

    @Test
    void anEndOfTheHostFailsNothingAndIsNoDeath() throws Exception {
        settings =
                PipelineSettings.read(
                        java.util.Map.of("stages", "gone", "onMissing", "fail"), settings, p -> {});
        ending = true;
        Life life = new Life();
        Claim c = life.take("a.txt", "text");
        assertThrows(InterruptedException.class, () -> life.work.perform(c, settings));
        assertEquals(0, life.claims.begun(c));
        assertEquals(List.of(c), new Life().claims.recover());
        assertEquals(List.of(), outbox());
    }

    @Test
    void afterTwoDeathsItIsGivenUpAndTheOutboxTells() throws Exception {
        Life life = new Life();
        Claim c = life.take("a.txt", "text");
        for (int i = 0; i < ClaimQueue.ATTEMPTS; i++) {
            life.claims.begin(c);
        }
        life.work.perform(c, settings);
        assertEquals(0, runs);
        assertEquals(
                ErrorCode.INPUT_ABANDONED, new FailedInputs(folders).list().get(0).fault().code());
        assertEquals(List.of("a.txt.jsonl"), outbox());
        Path kept = new FailedInputs(folders).find("a.txt").orElseThrow();
        assertEquals(Optional.of("a.txt"), new FailedInputs(folders).result(kept));
    }

    @Test
    void whatTheHostFailsAtIsCountedOverItsLivesAndTakenAnewByRetry() throws Exception {
        Life life = new Life();
        Claim c = life.take("a.txt", "text");
        life.diesBeforeItsEnd = true;
        assertThrows(StackOverflowError.class, () -> life.work.perform(c, settings));
        assertFalse(life.work.poisoned(c));
        Life second = new Life();
        second.diesBeforeItsEnd = true;
        Claim again = second.only();
        assertThrows(StackOverflowError.class, () -> second.work.perform(again, settings));
        assertTrue(second.work.poisoned(again));
        Life third = new Life();
        third.work.perform(third.only(), settings);
        assertEquals(2, runs, "it is not tried again");
        FailedInputs failed = new FailedInputs(folders);
        assertTrue(
                failed.list().get(0).fault().message().contains("failed or died 2 times"),
                failed.list().get(0).fault().message());
        Path kept = failed.find("a.txt").orElseThrow();
        Claim taken = third.claims.takeBack(kept, failed.result(kept));
        assertEquals(0, third.claims.begun(taken));
        third.work.perform(taken, settings);
        assertEquals(3, runs);
        assertEquals(List.of(), failed.list());
    }

    @Test
    void whatAnOrderlyEndDoesNotWaitForIsNoAttempt() throws Exception {
        Life life = new Life();
        Claim c = life.take("a.txt", "text");
        for (int i = 0; i < 5; i++) {
            life.claims.begin(c);
            life.work.left(c);
        }
        assertEquals(0, new Life().claims.begun(c));
    }

    @Test
    void oneThatHasGoneFromTheWorkFolderIsTheInputsFault() throws Exception {
        Life life = new Life();
        Claim c = life.take("a.txt", "text");
        Files.delete(c.file());
        assertThrows(InputException.class, () -> life.work.perform(c, settings));
        life.work.giveUp(c, settings, "it has gone");
        assertEquals("", new FailedInputs(folders).list().get(0).file());
        assertTrue(life.claims.recover().isEmpty());
    }

    @Test
    void aLinkThatTookItsPlaceIsNotFollowed() throws Exception {
        Life life = new Life();
        Claim c = life.take("a.txt", "text");
        Files.delete(c.file());
        Path secret = Files.writeString(home.resolve("secret"), "secret");
        Files.createSymbolicLink(c.file(), secret);
        assertThrows(InputException.class, () -> life.work.perform(c, settings));
        assertEquals(List.of(), outbox());
    }

    @Test
    void whatIsWrittenToWhileItIsReadIsReadAgainAndNotPublishedBefore() throws Exception {
        Life life = new Life();
        Claim c = life.take("a.txt", "the beginning");
        services = new Fakes(new FakeStage("a", 1, chunks -> appending(c, chunks)));
        assertThrows(InputException.class, () -> life.work.perform(c, settings));
        assertEquals(List.of(), outbox());
        services = new Fakes();
        life.work.perform(c, settings);
        assertEquals("the beginning and more", Files.readString(folders.outbox().resolve("a.txt")));
    }

    private static Answer<List<Chunk>> appending(Claim c, List<Chunk> chunks) {
        try {
            Files.writeString(c.file(), " and more", StandardOpenOption.APPEND);
            return new Answer.Value<>(chunks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
