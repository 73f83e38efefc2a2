package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamPlacesTest {
    private final StreamPlaces places = new StreamPlaces(64);
    private long now = Long.MAX_VALUE - 10;

    private int greed(String plugin) {
        places.asks(plugin, now);
        int taken = 0;
        while (places.hasRoom(plugin, 1)) {
            places.taken(plugin);
            taken++;
        }
        return taken;
    }

    @Test
    void onePluginHoldsThreeQuarters() {
        assertEquals(48, places.most());
        assertEquals(48, greed("a"));
        assertFalse(places.hasRoom("a", 1));
    }

    @Test
    void ofTwoThatPushEachHasASixthThatTheOtherCannotTake() {
        places.asks("honest", now);
        assertEquals(44, greed("a"));
        assertEquals(10, greed("honest"));
        assertEquals(8, greed("third"), "what the two left for one to come");
        assertEquals(0, greed("a"));
    }

    @Test
    void whoPushesNoMoreNeedsNoShare() {
        places.asks("honest", now);
        now += StreamPlaces.PUSHES_NANOS + 1;
        assertEquals(48, greed("a"));
    }

    @Test
    void whatIsPulledIsFreeAgain() {
        greed("a");
        places.given("a");
        assertTrue(places.hasRoom("a", 1));
        assertThrows(IllegalStateException.class, () -> places.given("b"));
        assertThrows(IllegalStateException.class, () -> places.taken("b"));
    }

    @Test
    void inAStreamOfOnePlaceOneChunkWaits() {
        StreamPlaces one = new StreamPlaces(1);
        one.asks("a", now);
        assertEquals(1, one.most());
        assertTrue(one.hasRoom("a", 1));
        one.taken("a");
        assertFalse(one.hasRoom("a", 1));
    }
}
