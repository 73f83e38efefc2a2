package io.trinity.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("maxPlugins", "drainMillis", "x");

    @Test
    void theNearestWordIsMeantWhateverItsCapitals() {
        assertEquals(Optional.of("maxPlugins"), Spelling.nearest("MAXPLUGIN", KNOWN));
        assertEquals(Optional.of("drainMillis"), Spelling.nearest("drianMilis", KNOWN));
    }

    @Test
    void whatIsFarFromAllOrTooShortToSayIsNoMisspelling() {
        assertEquals(Optional.empty(), Spelling.nearest("wallMillis", List.of("queue")));
        assertEquals(Optional.empty(), Spelling.nearest("y", KNOWN));
    }
}
