package io.trinity.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.engine.TestEngine;
import io.trinity.testkit.MapClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The same count in every run and on every JDK: these are written down, and the build runs on
 * several. Whoever changes what instructions cost, or how loops are counted, writes them anew.
 */
class FuelCountTest {
    private static final int[] ARGUMENTS = {1, 50, 5_000};

    private static final CallBudget BUDGET =
            new CallBudget(20_000_000_000L, 60_000_000_000L, Long.MAX_VALUE, 0, 1 << 16);

    private static final Map<String, List<Long>> COUNTS =
            Map.ofEntries(
                    Map.entry("apart", List.of(83L, 275L, 20067L)),
                    Map.entry("beside", List.of(81L, 1551L, 150051L)),
                    Map.entry("nested", List.of(104L, 1180L, 71496L)),
                    Map.entry("prepaid", List.of(83L, 867L, 80083L)),
                    Map.entry("single", List.of(81L, 1159L, 110059L)),
                    Map.entry("strip", List.of(67L, 1292L, 125042L)),
                    Map.entry("ticked", List.of(75L, 1741L, 170041L)));

    @Test
    void countsAreThoseThatAreWrittenDown() {
        GuestCode code =
                TestEngine.ENGINE.load(
                        Mined.WHO,
                        Mined.MODULE.module(),
                        new MapClassLoader(Mined.MODULE.classes()));
        try (Guest guest = code.instantiate(List.of(), MemoryQuota.UNCOUNTED, BUDGET)) {
            Map<String, List<Long>> counts = new TreeMap<>();
            for (String function : Mined.FUNCTIONS) {
                counts.put(function, counts(guest, function));
            }
            assertEquals(new TreeMap<>(COUNTS), counts);
        }
    }

    /** Cold, and again when the JIT has had its turn. */
    private static List<Long> counts(Guest guest, String function) {
        List<Long> cold = once(guest, function);
        for (int i = 0; i < 200; i++) {
            assertEquals(cold, once(guest, function), function);
        }
        return cold;
    }

    private static List<Long> once(Guest guest, String function) {
        Guest.GuestFunction called = guest.function(function);
        return Arrays.stream(ARGUMENTS)
                .mapToObj(
                        n -> {
                            guest.run(BUDGET, () -> called.call(n));
                            return guest.fuelUsed();
                        })
                .toList();
    }
}
