package io.trinity.api.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir Path folder;

    @Test
    void whatWasThereIsReplacedAndNothingIsLeftBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old and longer");

        DurableFile.write(file, "né");

        assertEquals("né", Files.readString(file, StandardCharsets.UTF_8));
        assertEquals(List.of("a"), names());
    }

    @Test
    void whatACrashLeftBesideIsInNobodysWay() throws IOException {
        Path file = folder.resolve("a");
        Files.writeString(folder.resolve(".a.new"), "half of a longer text");

        DurableFile.write(file, "whole");

        assertEquals("whole", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    /** A full disk says no more than {@code No space left on device}. */
    @Test
    void whatWritingFailsByNamesTheFile() {
        Path file = folder.resolve("a");
        IOException full = new IOException("No space left on device");

        IOException named = DurableFile.naming(file, full);

        assertEquals(file + ": No space left on device", named.getMessage());
        assertEquals(full, named.getCause());
        IOException known = new FileSystemException("b", null, "it is a link");
        assertEquals(known, DurableFile.naming(file, known));
    }

    @Test
    void noLinkIsFollowedInTheFilesPlaceOrBesideIt() throws IOException {
        Path others = Files.writeString(folder.resolve("others"), "theirs");
        Path file = Files.createSymbolicLink(folder.resolve("a"), others);
        Files.createSymbolicLink(folder.resolve(".a.new"), others);

        DurableFile.write(file, "ours");

        assertEquals("theirs", Files.readString(others));
        assertFalse(Files.isSymbolicLink(file));
        assertEquals("ours", Files.readString(file));
        Path link = Files.createSymbolicLink(folder.resolve("link"), others);
        assertThrows(IOException.class, () -> DurableFile.sync(link));
    }

    @Test
    void aReaderSeesOneContentOrTheOtherWhole() throws Exception {
        Path file = folder.resolve("a");
        List<String> contents = List.of("a".repeat(200_000), "b".repeat(100_000));
        DurableFile.write(file, contents.get(0));
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer =
                new Thread(
                        () -> {
                            try {
                                for (int i = 0; i < 200; i++) {
                                    DurableFile.write(file, contents.get(i % 2));
                                }
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            } finally {
                                ended.set(true);
                            }
                        });
        writer.start();
        while (!ended.get()) {
            assertTrue(contents.contains(Files.readString(file)));
        }
        writer.join();
    }

    @Test
    void whereItThrowsTheOldStandsAndNothingIsLeftBeside() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Path inside = Files.writeString(taken.resolve("x"), "stays");

        assertThrows(IOException.class, () -> DurableFile.write(taken, "y"));

        assertEquals("stays", Files.readString(inside));
        assertEquals(List.of("taken"), names());
    }

    @Test
    void theFolderIsNotMade() {
        Path file = folder.resolve("missing").resolve("a");

        assertThrows(NoSuchFileException.class, () -> DurableFile.write(file, "x"));
        assertFalse(Files.exists(file.getParent()));
        DurableFile.syncFolder(file.getParent());
    }

    @Test
    void whatIsReplacedKeepsItsPermissionsAndWhatIsWrittenHasTheProcesss() throws IOException {
        Path fresh = folder.resolve("fresh");
        DurableFile.replace(fresh, new byte[] {'a'});
        Path file = Files.writeString(folder.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r----x"));

        DurableFile.replace(file, new byte[] {'b'});

        assertEquals("b", Files.readString(file));
        assertEquals("rw-r----x", mode(file));
        DurableFile.write(file, "c");
        assertEquals(mode(fresh), mode(file));
    }

    @Test
    void aLinkIsNotReplacedWhereThePermissionsOfBeforeAreToBeKept() throws IOException {
        Path others = Files.writeString(folder.resolve("others"), "theirs");
        Path link = Files.createSymbolicLink(folder.resolve("a"), others);

        FileSystemException e =
                assertThrows(
                        FileSystemException.class,
                        () -> DurableFile.replace(link, new byte[] {'b'}));

        assertEquals("it is a link", e.getReason());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("theirs", Files.readString(others));
    }

    @Test
    void aFolderThatMayNotBeWrittenKeepsTheOld() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(folder), "whoever runs this may write everywhere");
            assertThrows(IOException.class, () -> DurableFile.write(file, "new"));
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a"), names());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
