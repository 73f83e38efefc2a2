package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.pipeline.Pipeline.Feed;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Queues are bounded: who is slow stops who is quick. */
class ReadAheadTest {
    private static Chunk chunk(int n, boolean last) {
        return new Chunk(new byte[] {(byte) n}, "a/b", "data", "s", List.of(), n, 0, last);
    }

    @Test
    void theReaderIsNeverFurtherAheadThanTheQueueAndOne() throws Exception {
        AtomicInteger read = new AtomicInteger();
        ReadAhead.Source source =
                () ->
                        read.get() == 100
                                ? Optional.empty()
                                : Optional.of(chunk(read.getAndIncrement(), read.get() == 100));
        try (ReadAhead ahead = new ReadAhead("t", source, 4)) {
            for (int taken = 0; taken < 100; taken++) {
                assertEquals(taken, ahead.take().orElseThrow().sequence());
                assertTrue(read.get() <= taken + 1 + 4 + 1, read + " read, " + taken + " taken");
            }
            assertTrue(ahead.take().isEmpty());
        }
    }

    @Test
    void whatGoesWrongWhileReadingArrivesInItsPlace() throws Exception {
        AtomicInteger read = new AtomicInteger();
        ReadAhead.Source source =
                () -> {
                    if (read.getAndIncrement() == 1) {
                        throw new IOException("the disk");
                    }
                    return Optional.of(chunk(0, false));
                };
        try (ReadAhead ahead = new ReadAhead("t", source, 4)) {
            assertTrue(ahead.take().isPresent());
            assertEquals("the disk", assertThrows(IOException.class, ahead::take).getMessage());
        }
    }

    @Test
    void closingEndsAReaderThatWaitsForRoom() throws Exception {
        CountDownLatch full = new CountDownLatch(3);
        ReadAhead.Source source =
                () -> {
                    full.countDown();
                    return Optional.of(chunk(0, false));
                };
        try (ReadAhead ahead = new ReadAhead("closing", source, 2)) {
            full.await();
            assertEquals(2, ahead.waiting());
        }
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t -> t.getName().equals("trinity-reader-closing")));
    }

    private static FeedRun feed(Fakes fakes, List<Chunk> out, List<RunReport> reports) {
        PipelineSettings settings = Fakes.settings(FailurePolicy.FAIL, 8);
        FeedRun feed =
                new FeedRun(
                        settings,
                        "s",
                        new StreamRun(settings, fakes, "s", new Counters()),
                        out::addAll,
                        reports::add);
        feed.start();
        return feed;
    }

    @Test
    void aFeedGivesItsResultsInOrderAndAReportAtTheEnd() throws Exception {
        List<Chunk> out = new ArrayList<>();
        List<RunReport> reports = new ArrayList<>();
        try (Feed feed = feed(new Fakes(FakeStage.same("a")), out, reports)) {
            for (int i = 0; i < 200; i++) {
                feed.push(chunk(i, i == 199));
            }
            RunReport report = feed.end();
            assertEquals(200, report.chunksIn());
            assertEquals(200, report.trace().get(0).calls());
            assertTrue(report.fault().isEmpty());
        }
        assertEquals(200, out.size());
        for (int i = 0; i < 200; i++) {
            assertEquals(i, out.get(i).sequence());
        }
    }

    @Test
    void aFeedWhoseStageRefusesEndsAndSaysWhyToWhoPushes() throws Exception {
        FakeStage refusing = new FakeStage("a", 1, c -> new Answer.Refusal<>("no"));
        try (Feed feed = feed(new Fakes(refusing), new ArrayList<>(), new ArrayList<>())) {
            IllegalStateException e =
                    assertThrows(
                            IllegalStateException.class,
                            () -> {
                                for (int i = 0; i < 100_000; i++) {
                                    feed.push(chunk(i, false));
                                }
                            });
            assertTrue(e.getMessage().contains("no"), e.getMessage());
            assertEquals(ErrorCode.GUEST_ERROR, feed.end().fault().orElseThrow().code());
        }
    }

    @Test
    void aFeedThatIsGivenUpEnds() throws Exception {
        FeedRun feed = feed(new Fakes(), new ArrayList<>(), new ArrayList<>());
        feed.push(chunk(0, false));
        feed.close();
        assertTrue(feed.awaitEnd(30_000));
        assertEquals(ErrorCode.NOT_ACTIVE, feed.end().fault().orElseThrow().code());
    }
}
