package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.sandbox.TotalMemory.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TotalMemoryTest {
    private static final long MIB = 1 << 20;

    private final AtomicLong limit = new AtomicLong(1200);
    private final TotalMemory total = new TotalMemory(limit::get);

    /** Takes byte by byte what there is. */
    private static long greed(Holder who) {
        long taken = 0;
        while (who.tryTake(1)) {
            taken++;
        }
        return taken;
    }

    @Test
    void oneAloneLeavesTheShareOfOneThatIsToCome() {
        assertEquals(900, greed(total.open("a")));
        assertEquals(900, total.held());
        assertEquals(900, total.peak());
    }

    @Test
    void whoComesLaterHasItsShareHoweverGreedyTheOneBeforeIs() {
        greed(total.open("a"));
        Holder honest = total.open("honest");
        // Half of the total, for each of two and one to come.
        assertTrue(honest.tryTake(200));
        assertFalse(honest.tryTake(1));
        assertTrue(total.open("c").tryTake(100), "what two left of the share of a third");
    }

    @Test
    void aShareIsKeptForWhoHasNotTakenItYet() {
        Holder a = total.open("a");
        Holder honest = total.open("honest");
        assertEquals(600 + 200, greed(a));
        assertTrue(honest.tryTake(200));
        assertFalse(honest.tryTake(1), "the share of one that is to come");
        a.give(100);
        assertTrue(honest.tryTake(100), "what is nobody's share goes to whoever asks first");
        assertFalse(a.tryTake(1));
    }

    @Test
    void whatEndedKeepsNoShareAndWhatItStillHoldsCounts() {
        Holder a = total.open("a");
        Holder honest = total.open("honest");
        assertTrue(honest.tryTake(100));
        honest.close();
        honest.close();
        assertEquals(800, greed(a), "900 for one alone, less 100 that are still held");
        honest.give(100);
        assertEquals(100, greed(a));
    }

    @Test
    void theHostHasNoShareOfItsOwn() {
        MemoryQuota host = total.host();
        total.open("a");
        assertTrue(host.tryReserve(0, 600));
        assertFalse(host.tryReserve(0, 1), "a's half, and that of one to come");
        assertTrue(host.totalRefusing(1).isPresent());
        host.release(0, 600);
        assertEquals(0, total.held());
    }

    @Test
    void aRefusalNamesThoseThatHoldMost() {
        limit.set(1200 * MIB);
        for (String name : List.of("a", "b", "c", "d", "e")) {
            total.open(name).tryTake((name.charAt(0) - 'a') * 20 * MIB);
        }
        assertEquals(
                Optional.of(
                        "all plugins together hold 200 of the 1200 MiB that they may (most of it:"
                                + " 'e' 80, 'd' 60, 'c' 40)"),
                total.open("f").refusing(1200 * MIB));
        assertEquals(Optional.empty(), total.open("g").refusing(1));
    }

    @Test
    void aLimitThatIsLoweredTakesNothingAway() {
        Holder a = total.open("a");
        assertTrue(a.tryTake(500));
        limit.set(100);
        assertFalse(a.tryTake(1));
        assertEquals(500, total.held());
        assertTrue(a.tryTake(0));
    }

    @Property
    void whoeverHoldsLessThanItsShareIsNeverRefusedAndTheTotalIsKept(
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> who,
            @ForAll @IntRange(min = 1, max = 400) int bytes) {
        TotalMemory all = new TotalMemory(() -> 1200);
        List<Holder> holders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            holders.add(all.open("p" + i));
        }
        long share = 1200 / 2 / 7;
        long[] held = new long[6];
        for (int w : who) {
            boolean taken = holders.get(w).tryTake(bytes);
            assertTrue(taken || held[w] + bytes > share, "within its share");
            held[w] += taken ? bytes : 0;
            assertTrue(all.held() <= 1200);
        }
    }
}
