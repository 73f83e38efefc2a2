package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void nothingIsSaidOfUtf8() {
        assertEquals(Optional.empty(), FileNames.warning("UTF-8"));
        assertEquals(Optional.empty(), FileNames.warning("utf8"));
    }

    @Test
    void whatCannotBeNamedIsToldWithTheRemedy() {
        String said = FileNames.warning("ANSI_X3.4-1968").orElseThrow();
        assertTrue(said.contains("ANSI_X3.4-1968") && said.contains("LC_ALL=C.UTF-8"), said);
        assertTrue(FileNames.warning("no such").isPresent());
    }
}
