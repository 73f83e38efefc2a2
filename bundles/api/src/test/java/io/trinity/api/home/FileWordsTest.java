package io.trinity.api.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWordsTest {
    @Test
    void whatJavaTellsByAClassIsToldInWords() {
        assertEquals("it is not there", FileWords.of(new NoSuchFileException("/x")));
        assertEquals(
                "access is denied to the host's user",
                FileWords.of(new AccessDeniedException("/x")));
        assertEquals("it is there already", FileWords.of(new FileAlreadyExistsException("/x")));
        assertEquals("it is no directory", FileWords.of(new NotDirectoryException("/x")));
        assertEquals("its links lead in a circle", FileWords.of(new FileSystemLoopException("/x")));
    }

    @Test
    void whatTheSystemSaysIsKept() {
        assertEquals(
                "No space left on device",
                FileWords.of(new IOException("No space left on device")));
        assertEquals(
                "/x: File name too long",
                FileWords.named(new FileSystemException("/x", null, "File name too long")));
        assertEquals(
                "the system says no more than FileSystemException",
                FileWords.of(new FileSystemException("/x")));
        assertEquals(
                "the system says no more than IOException", FileWords.named(new IOException()));
    }

    @Test
    void theFileIsNamedWhereItIsKnown(@TempDir Path folder) {
        Path no = folder.resolve("no");
        IOException e = assertThrows(IOException.class, () -> Files.readString(no));
        assertEquals(no + ": it is not there", FileWords.named(e));
        IOException directory = assertThrows(IOException.class, () -> Files.readString(folder));
        assertEquals("it is a directory", FileWords.of(directory));
    }
}
