package io.trinity.api.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFingerprintTest {
    private static final FileTime THEN = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir Path folder;

    @Test
    void aFileThatIsLeftAloneKeepsIt() throws IOException {
        Path file = file("a", "one");

        assertEquals(FileFingerprint.of(file), FileFingerprint.of(file));
    }

    @Test
    void aFileOfEqualSizeAndTimeThatTakesAnothersPlaceHasAnother() throws IOException {
        Path file = file("a", "one");
        FileFingerprint before = FileFingerprint.of(file);
        Files.move(file("b", "two"), file, StandardCopyOption.REPLACE_EXISTING);

        assertNotEquals(before, FileFingerprint.of(file));
        assertEquals(before.modified(), FileFingerprint.of(file).modified());
    }

    @Test
    void aSwitchedLinkHasAnother() throws IOException {
        Path one = file("a", "one");
        Path two = file("b", "two");
        Path link = Files.createSymbolicLink(folder.resolve("link"), one);
        FileFingerprint before = FileFingerprint.of(link);
        Files.delete(link);
        Files.createSymbolicLink(link, two);

        assertNotEquals(before, FileFingerprint.of(link));
    }

    @Test
    void aLinkToNothingHasNone() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));

        assertThrows(IOException.class, () -> FileFingerprint.of(link));
    }

    private Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setLastModifiedTime(file, THEN);
    }
}
