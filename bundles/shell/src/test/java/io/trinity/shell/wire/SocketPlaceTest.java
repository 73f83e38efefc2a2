package io.trinity.shell.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {
    @TempDir Path root;
    private Path temporary;
    private Path data;
    private Path longData;

    @BeforeEach
    void folders() throws IOException {
        temporary = Files.createDirectory(root.resolve("t"));
        data = Files.createDirectory(root.resolve("data"));
        longData = Files.createDirectories(root.resolve("x".repeat(100)).resolve("data"));
    }

    @Test
    void aShortHomeHasItsSocketInItsDataFolder() throws IOException {
        assertEquals(data.resolve("control.sock"), SocketPlace.prepare(data, temporary));
        assertEquals(data.resolve("control.sock"), SocketPlace.find(data));
        assertEquals(List.of(), list(temporary));
    }

    @Test
    void aLongHomeHasItsSocketInAFolderForItsOwnerOnly() throws IOException {
        Path socket = SocketPlace.prepare(longData, temporary);
        assertTrue(socket.startsWith(temporary), () -> socket.toString());
        assertEquals(socket, SocketPlace.find(longData));
        assertEquals("rwx------", permissions(socket.getParent()));
        assertEquals("rw-------", permissions(longData.resolve("control.path")));
    }

    @Test
    void whatARunLeftBehindIsReplacedByTheNext() throws IOException {
        Path first = SocketPlace.prepare(longData, temporary);
        Files.createFile(first);
        Path second = SocketPlace.prepare(longData, temporary);
        assertNotEquals(first, second);
        assertEquals(List.of(second.getParent()), list(temporary));
    }

    @Test
    void nothingIsLeftAfterwards() throws IOException {
        Files.createFile(SocketPlace.prepare(longData, temporary));
        SocketPlace.clear(longData);
        assertEquals(List.of(), list(temporary));
        assertEquals(List.of(), list(longData));
    }

    @Test
    void aCopiedHomeDoesNotTouchTheSocketOfItsOriginal() throws IOException {
        Path socket = SocketPlace.prepare(longData, temporary);
        Files.createFile(socket);
        Files.copy(longData.resolve("control.path"), data.resolve("control.path"));
        assertEquals(data.resolve("control.sock"), SocketPlace.find(data));
        SocketPlace.prepare(data, temporary);
        assertTrue(Files.exists(socket));
        assertFalse(Files.exists(data.resolve("control.path")));
    }

    @Test
    void aHomeReachedThroughALinkHasTheSameSocket() throws IOException {
        Path socket = SocketPlace.prepare(longData, temporary);
        Path link = Files.createSymbolicLink(root.resolve("link"), longData);
        assertEquals(socket, SocketPlace.find(link));
    }

    @Test
    void whereNoPathIsShortEnoughItSaysWhatToDo() throws IOException {
        Path deep = Files.createDirectories(root.resolve("y".repeat(100)));
        IOException e = assertThrows(IOException.class, () -> SocketPlace.prepare(longData, deep));
        assertTrue(e.getMessage().contains("-Djava.io.tmpdir"), e.getMessage());
        assertEquals(List.of(), list(deep));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
