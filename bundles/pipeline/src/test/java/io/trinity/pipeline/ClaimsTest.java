package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
    private static final Fate FATE =
            new Fate(
                    new Fault(ErrorCode.GUEST_TRAP, "plugin 'a': unreachable"),
                    Instant.parse("2026-11-29T08:00:00Z"),
                    "a.txt",
                    "none");

    @TempDir Path home;
    private PipelineFolders folders;

    @BeforeEach
    void folders() throws IOException {
        folders = PipelineFolders.of(new Home(home), PipelineSettings.defaults("main"));
        Files.createDirectories(folders.inbox());
        Files.createDirectories(folders.outbox());
    }

    private Claims claims() throws IOException {
        return new Claims(folders);
    }

    private static Inbox.Candidate candidate(Path path) throws IOException {
        return new Inbox.Candidate(path, InputStamp.of(path), 0);
    }

    private Claim taken(Claims claims, String name) throws IOException {
        Path f = Files.writeString(folders.inbox().resolve(name), name);
        return claims.take(candidate(f));
    }

    @Test
    void aClaimIsFoundAgainAfterACrashUnderItsName() throws IOException {
        Claim c = taken(claims(), "a-b.txt");
        assertEquals("a-b.txt", Files.readString(c.file()));
        assertEquals(List.of(c), claims().recover());
    }

    @Test
    void numbersGoOnFromTheHighestThereIsWhateverTheClockSays() throws IOException {
        Files.createDirectories(folders.processed().resolve("00000fffffffffff"));
        assertEquals("0000100000000000", taken(claims(), "a").id());
    }

    @Test
    void whatIsDoneIsPutAwayWithoutItsNotesAndWhatFailedWithTheReason() throws IOException {
        Claims claims = claims();
        Claim good = taken(claims, "good.txt");
        claims.result(good, "good.txt");
        claims.done(good, Optional.empty());
        assertTrue(claims.isDone(good));
        claims.putAway(good, true);
        Path kept = folders.processed().resolve(good.id());
        try (var files = Files.list(kept)) {
            assertEquals(List.of(kept.resolve("good.txt")), files.toList());
        }
        Claim gone = taken(claims, "gone.txt");
        claims.done(gone, Optional.empty());
        claims.putAway(gone, false);
        assertFalse(Files.exists(folders.processed().resolve(gone.id())));
        Claim bad = taken(claims, "bad.txt");
        claims.done(bad, Optional.of(FATE));
        claims.putAway(bad, false);
        assertEquals(
                List.of(new FailedInput(bad.id(), "bad.txt", 7, FATE.at(), FATE.fault())),
                new FailedInputs(folders).list());
        assertEquals(List.of(), claims().recover());
    }

    @Test
    void aFailedOneIsTakenBackByNameOrId() throws IOException {
        Claims claims = claims();
        FailedInputs failed = new FailedInputs(folders);
        Claim bad = taken(claims, "bad.txt");
        claims.done(bad, Optional.of(FATE));
        claims.putAway(bad, true);
        assertEquals(Optional.empty(), failed.find("other"));
        Path kept = failed.find("bad.txt").orElseThrow();
        assertEquals(kept, failed.find(bad.id()).orElseThrow());
        assertEquals(Optional.empty(), failed.result(kept));
        Claim again = claims.takeBack(kept, Optional.of("bad.txt"));
        assertEquals("bad.txt", Files.readString(again.file()));
        assertEquals(Optional.of("bad.txt"), claims.result(again));
        assertEquals(List.of(), failed.list());
    }

    @Test
    void deathsAreCountedAndAnOrderlyEndIsNone() throws IOException {
        Claims claims = claims();
        Claim c = taken(claims, "a");
        claims.begin(c);
        assertEquals(1, claims().begun(c));
        claims.begin(c);
        claims.ended(c);
        assertEquals(1, claims().begun(c));
    }

    @Test
    void aFileOfAnotherFileSystemIsCopiedAndGoesFromThere() throws IOException {
        Path shm = Path.of("/dev/shm");
        Assumptions.assumeTrue(
                Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(home)));
        Path other = Files.createTempDirectory(shm, "inbox");
        try {
            Path f = Files.writeString(other.resolve("a.txt"), "text");
            Files.setLastModifiedTime(f, FileTime.fromMillis(1000));
            Claim c = claims().take(candidate(f));
            assertFalse(Files.exists(f));
            assertEquals("text", Files.readString(c.file()));
            assertEquals(1000, Files.getLastModifiedTime(c.file()).toMillis());
            assertEquals(List.of(c), claims().recover());
        } finally {
            Claims.delete(other);
        }
    }

    @Test
    void whatACrashLeftOfACopyIsUndoneOrFinished() throws IOException {
        Claims claims = claims();
        Path half = Files.createDirectories(folders.work().resolve("0000000000000001"));
        Files.writeString(half.resolve(".copy"), "ha");
        Path whole = Files.createDirectories(folders.work().resolve("0000000000000002"));
        Path source = Files.writeString(folders.inbox().resolve("a.txt"), "text");
        InputStamp stamp = InputStamp.of(source);
        Files.writeString(whole.resolve("a.txt"), "text");
        Files.writeString(
                whole.resolve(".origin"),
                source.toUri()
                        + "\n"
                        + stamp.sizeBytes()
                        + " "
                        + stamp.modified().toMillis()
                        + " "
                        + stamp.key());
        assertEquals(
                List.of("0000000000000002"), claims.recover().stream().map(Claim::id).toList());
        assertFalse(Files.exists(half));
        assertFalse(Files.exists(source));
    }

    @Test
    void oneThatHasGoneIsNoClaim() throws IOException {
        Path f = Files.writeString(folders.inbox().resolve("a"), "1");
        Inbox.Candidate c = candidate(f);
        Files.delete(f);
        assertThrows(NoSuchFileException.class, () -> claims().take(c));
        assertEquals(List.of(), claims().recover());
    }

    @Test
    void theOldestGoFirstByAgeAndBySize() throws IOException {
        Claims claims = claims();
        for (int i = 0; i < 4; i++) {
            Claim c = taken(claims, "a" + i);
            Files.write(c.file(), new byte[1 << 19]);
            claims.done(c, Optional.empty());
            claims.putAway(c, true);
        }
        List<Path> kept = Claims.numbered(folders.processed());
        Files.setLastModifiedTime(
                kept.get(0), FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        Retention.sweep("main", folders.processed(), new FileSettings.Bounds(0, 0));
        assertEquals(kept, Claims.numbered(folders.processed()));
        Retention.sweep("main", folders.processed(), new FileSettings.Bounds(2, 0));
        assertEquals(kept.subList(1, 4), Claims.numbered(folders.processed()));
        Retention.sweep("main", folders.processed(), new FileSettings.Bounds(0, 1));
        assertEquals(kept.subList(2, 4), Claims.numbered(folders.processed()));
    }
}
