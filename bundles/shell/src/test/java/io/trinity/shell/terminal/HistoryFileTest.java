package io.trinity.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir Path data;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void itIsForItsOwnerOnlyFromTheBegin() throws IOException {
        Path file = HistoryFile.prepare(data).orElseThrow();
        assertEquals("rw-------", mode(file));
    }

    @Test
    void linesAreKeptAndAModeThatIsTooWideIsNarrowed() throws IOException {
        Path file = Files.writeString(data.resolve("history"), "1:plugin:list\n2:é\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(Optional.of(file), HistoryFile.prepare(data));
        assertEquals("rw-------", mode(file));
        assertEquals("1:plugin:list\n2:é\n", Files.readString(file));
    }

    @Test
    void whatIsNoHistoryIsPutAside() throws IOException {
        Files.write(data.resolve("history"), new byte[] {(byte) 0xff, 0, 10, 13, (byte) 0xc3});
        Path file = HistoryFile.prepare(data).orElseThrow();
        assertEquals("", Files.readString(file));
        assertEquals(5, Files.size(data.resolve("history.unreadable")));
        Files.writeString(file, "1:a\nhalf");
        assertEquals("", Files.readString(HistoryFile.prepare(data).orElseThrow()));
    }

    @Test
    void aLinkIsNotFollowedAndAFolderIsLeft() throws IOException {
        Path elsewhere = Files.writeString(data.resolve("elsewhere"), "1:a\n");
        Files.createSymbolicLink(data.resolve("history"), elsewhere);
        assertTrue(HistoryFile.prepare(data).isEmpty());
        Files.delete(data.resolve("history"));
        Files.createDirectory(data.resolve("history"));
        assertTrue(HistoryFile.prepare(data).isEmpty());
    }
}
