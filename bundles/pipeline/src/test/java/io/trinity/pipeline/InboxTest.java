package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    @TempDir Path home;

    private Inbox inbox() throws IOException {
        return new Inbox(home.resolve("inbox"), home.resolve("work"));
    }

    @Test
    void aFileIsClaimedWhenItIsTheSameAtASecondLook() throws IOException {
        Inbox inbox = inbox();
        Path f = Files.writeString(home.resolve("inbox/a-b.txt"), "1");
        assertEquals(List.of(), inbox.claim(0));
        Files.writeString(f, "12");
        assertEquals(List.of(), inbox.claim(0));
        List<Inbox.Claim> claims = inbox.claim(0);
        assertEquals("a-b.txt", claims.get(0).name());
        assertEquals("12", Files.readString(claims.get(0).path()));
        inbox.keep(claims.get(0), home.resolve("kept"));
        assertEquals(List.of(), inbox.unfinished());
        assertTrue(Files.notExists(f));
    }

    @Test
    void whatWasClaimedBeforeACrashIsFoundAgainUnderItsName() throws IOException {
        Inbox inbox = inbox();
        Files.writeString(home.resolve("inbox/a-b.txt"), "1");
        inbox.claim(0);
        Inbox.Claim claimed = inbox.claim(0).get(0);
        assertEquals(List.of(claimed), inbox().unfinished());
    }

    @Test
    void directoriesAndHiddenFilesAreLeftAlone() throws IOException {
        Inbox inbox = inbox();
        Files.createDirectory(home.resolve("inbox/d"));
        Files.writeString(home.resolve("inbox/.hidden"), "1");
        inbox.claim(0);
        assertEquals(List.of(), inbox.claim(0));
    }
}
