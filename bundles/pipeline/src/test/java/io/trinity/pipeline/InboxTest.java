package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    @TempDir Path home;
    private Inbox inbox;
    private long nanos;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(home.resolve("inbox"));
        Files.createDirectories(home.resolve("data"));
        inbox =
                new Inbox(
                        home.resolve("inbox"),
                        new OwnFolders(new Home(home)),
                        new OpenForWriting(Path.of("/proc")),
                        () -> nanos);
    }

    private List<String> ready() throws IOException {
        return ready(0);
    }

    /** At the next look, of those that have been left alone for so long. */
    private List<String> ready(long stillNanos) throws IOException {
        return inbox.look(FileSettings.DEFAULTS, stillNanos).ready().stream()
                .map(c -> c.path().getFileName().toString())
                .toList();
    }

    private Path drop(String name, String text) throws IOException {
        return Files.writeString(home.resolve("inbox").resolve(name), text);
    }

    @Test
    void aFileIsReadyWhenItIsTheSameAtASecondLook() throws IOException {
        Path f = drop("a-b.txt", "1");
        assertEquals(List.of(), ready());
        Files.writeString(f, "12");
        assertEquals(List.of(), ready());
        assertEquals(List.of("a-b.txt"), ready());
    }

    @Test
    void aFileIsReadyWhenItHasBeenLeftAloneForLongEnoughSinceItChangedLast() throws IOException {
        Path f = drop("a.txt", "1");
        ready(10);
        nanos = 9;
        assertEquals(List.of(), ready(10));
        Files.writeString(f, "12");
        ready(10);
        nanos = 18;
        assertEquals(List.of(), ready(10));
        nanos = 19;
        assertEquals(List.of("a.txt"), ready(10));
    }

    @Test
    void whatIsGoneTakenOrNoFileAnyMoreWaitsNoLonger() throws IOException {
        Path gone = drop("gone.txt", "1");
        Path folder = drop("folder.txt", "1");
        drop("taken.txt", "1");
        ready();
        Inbox.Look look = inbox.look(FileSettings.DEFAULTS, 0);
        assertEquals(3, look.waiting());
        Files.delete(gone);
        Files.delete(folder);
        Files.createDirectory(folder);
        inbox.taken(look.ready().get(2));
        // Another file of that name is one that nobody has seen.
        assertEquals(List.of(), ready());
        assertEquals(List.of("taken.txt"), ready());
        assertEquals(1, inbox.look(FileSettings.DEFAULTS, 0).waiting());
    }

    @Test
    void theFirstSeenIsFirstAndThoseSeenTogetherGoByName() throws IOException {
        drop("z.txt", "1");
        ready();
        nanos = 1;
        drop("b.txt", "1");
        drop("a.txt", "1");
        ready();
        assertEquals(List.of("z.txt", "a.txt", "b.txt"), ready());
    }

    @Test
    void foldersLinksAndWhatUploadersHaveNotFinishedAreLeft() throws IOException {
        Files.createDirectory(home.resolve("inbox/d"));
        Files.createSymbolicLink(home.resolve("inbox/l.txt"), home.resolve("secret"));
        Files.writeString(home.resolve("secret"), "s");
        Files.createSymbolicLink(home.resolve("inbox/gone.txt"), Path.of("nowhere"));
        for (String name : List.of(".hidden", "a.part", "B.CRDOWNLOAD", "c.txt~", "~$d.docx")) {
            drop(name, "1");
        }
        drop("e.partial.txt", "1");
        ready();
        assertEquals(List.of("e.partial.txt"), ready());
        assertEquals(1, inbox.look(FileSettings.DEFAULTS, 0).waiting());
        assertEquals(List.of("d", "gone.txt", "l.txt"), List.copyOf(inbox.left().first().keySet()));
        assertEquals(3, inbox.left().files());

        Files.delete(home.resolve("inbox/l.txt"));
        drop("l.txt", "no longer a link");
        Files.delete(home.resolve("inbox/gone.txt"));
        ready();
        assertEquals(List.of("d"), List.copyOf(inbox.left().first().keySet()));
    }

    @Test
    void anotherNameOfAFileOfTheHostsIsLeftAndOneOfAnybodyElsesIsNot() throws IOException {
        Path lock = Files.writeString(home.resolve("data/lock"), "1");
        Files.createLink(home.resolve("inbox/lock.txt"), lock);
        Path other = Files.writeString(home.resolve("other"), "1");
        Files.createLink(home.resolve("inbox/other.txt"), other);
        ready();
        assertEquals(List.of("other.txt"), ready());
    }

    @Test
    void whatIsOpenForWritingIsNotReady() throws IOException {
        Path f = home.resolve("inbox/slow.txt");
        try (OutputStream out = Files.newOutputStream(f)) {
            out.write(1);
            ready(10);
            nanos = 10;
            if (Files.isDirectory(Path.of("/proc/self/fd"))) {
                assertEquals(List.of(), ready(10));
            } else {
                nanos = 0;
            }
        }
        nanos += 9;
        assertEquals(List.of(), ready(10));
        nanos++;
        assertEquals(List.of("slow.txt"), ready(10));
    }

    @Test
    void aFileThatIsHeldOpenForReadingIsReady() throws IOException {
        Path f = drop("read.txt", "1");
        try (var in = Files.newInputStream(f)) {
            assertTrue(in.read() > 0);
            ready();
            assertEquals(List.of("read.txt"), ready());
        }
    }
}
