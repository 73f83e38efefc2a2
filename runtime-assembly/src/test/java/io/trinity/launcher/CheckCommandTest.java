package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CheckCommandTest {
    @Test
    void aFileNameStaysOneWordForGogo() {
        assertEquals("'/a b/$(x)'", CheckCommand.quote("/a b/$(x)"));
        assertEquals("'/it'\\''s'", CheckCommand.quote("/it's"));
    }
}
