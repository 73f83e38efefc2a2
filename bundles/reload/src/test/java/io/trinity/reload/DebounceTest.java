package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DebounceTest {
    private final Debounce stillness = new Debounce();

    private long remaining(String look, long now) {
        return stillness.remaining(look, now, 500);
    }

    @Test
    void aFileIsStillOnceItHasBeenTheSameForTheWholeTime() {
        assertEquals(500, remaining("a", 1000));
        assertEquals(200, remaining("a", 1300));
        assertEquals(0, remaining("a", 1500));
    }

    @Test
    void everyChangeBeginsAnew() {
        remaining("a", 1000);
        assertEquals(500, remaining("b", 1499));
        assertEquals(1, remaining("b", 1998));
        assertEquals(500, remaining("a", 1999));
    }
}
