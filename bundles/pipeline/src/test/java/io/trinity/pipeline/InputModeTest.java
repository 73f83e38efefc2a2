package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class InputModeTest {
    @TempDir Path folder;

    private Path file(String name, String mode) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, rw-------, rw-------",
        "rw-r--r--, rw-r-----, rw-r-----",
        "rw-rw-rw-, r--r--r--, rw-r--r--",
        "rw-r-----, rwxrwxrwx, rw-r-----",
        "rw-------, rw-rw-rw-, rw-------",
        "rw-r--r--, ---------, rw-------"
    })
    void nobodyMayDoMoreThanWithTheInputAndNothingIsAdded(String made, String input, String then)
            throws IOException {
        Path result = file("result", made);
        InputMode.limit(result, file("input", input));
        assertEquals(then, mode(result));
    }

    @Test
    void whatIsMadeOfAnInputThatHasGoneIsTheOwners() throws IOException {
        Path result = file("result", "rw-r--r--");
        InputMode.limit(result, folder.resolve("gone"));
        assertEquals("rw-------", mode(result));
    }
}
