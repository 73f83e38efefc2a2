package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StillnessTest {
    private final Stillness stillness = new Stillness(500);

    private static Stillness.Look look(long size) {
        return new Stillness.Look(size, 1, "");
    }

    @Test
    void aFileIsStillOnceItHasBeenTheSameForTheWholeTime() {
        assertEquals(500, stillness.remaining(look(1), 1000));
        assertEquals(200, stillness.remaining(look(1), 1300));
        assertEquals(0, stillness.remaining(look(1), 1500));
    }

    @Test
    void everyChangeBeginsAnew() {
        stillness.remaining(look(1), 1000);
        assertEquals(500, stillness.remaining(look(2), 1499));
        assertEquals(1, stillness.remaining(look(2), 1998));
        assertEquals(500, stillness.remaining(look(1), 1999));
    }
}
