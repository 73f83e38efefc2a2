package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxNamesTest {
    @TempDir Path outbox;

    private String chosen(OutboxNames names, String wanted, Object owner) throws IOException {
        String[] chosen = new String[1];
        names.free(wanted, "text/plain", owner, n -> chosen[0] = n);
        return chosen[0];
    }

    @Test
    void aNameIsFreeWhenNeitherBytesNorLinesWouldTakeAnothers() throws IOException {
        OutboxNames names = new OutboxNames(outbox);
        assertEquals("a.txt", chosen(names, "a.txt", 1));
        Files.writeString(outbox.resolve("a.txt"), "1");
        assertEquals("a~2.txt", chosen(names, "a.txt", 2));
        Files.writeString(outbox.resolve("b.txt.jsonl"), "a result of that name");
        assertEquals("b~2.txt", chosen(names, "b.txt", 3));
        Files.createSymbolicLink(outbox.resolve("c"), Path.of("nowhere"));
        assertEquals("c~2", chosen(names, "c", 4));
        assertEquals(".d~2", MediaTypes.numbered(".d", 2));
    }

    @Test
    void aChosenNameIsItsOwnersUntilItIsReleased() throws IOException {
        OutboxNames names = new OutboxNames(outbox);
        names.reserve("a.txt", "claim");
        assertEquals("a~2.txt", chosen(names, "a.txt", "other"));
        assertEquals("a.txt~2.jsonl", chosen(names, "a.txt.jsonl", "third"));
        assertEquals("a.txt", chosen(names, "a.txt", "claim"));
        names.release("claim");
        assertEquals("a.txt", chosen(names, "a.txt", "fourth"));
    }
}
