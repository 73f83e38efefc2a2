package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/a:b",
                "/a,b",
                "/a b%20c#d",
                "/größe",
                "/a$b",
                "/a+b",
                "/a!b",
                "/a'b\"c",
                "/*",
                "/-x",
                "/a=b;c|d&e",
                "/%d",
                "/~"
            })
    void nearlyEveryNameIsTaken(String name) {
        assertEquals(Optional.empty(), HomeName.refusal(Path.of(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\nb", "/a${x}", "/{}", "/a:-b", "/wow!/home", "/wow!", "/a\\b"})
    void whatALibraryWouldReadAsSomethingElseIsRefusedInOneLine(String name) {
        String said = HomeName.refusal(Path.of(name)).orElseThrow();
        assertEquals(1, said.lines().count());
        assertTrue(said.contains("choose a folder with another name"), said);
    }

    @Test
    void aPercentSignInAPatternGivesOne() {
        assertEquals("/a%d{'%',aux}20b/log", HomeName.inPattern(Path.of("/a%20b/log")));
    }
}
