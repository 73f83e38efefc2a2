package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.ModuleSize;
import io.trinity.api.plugin.ErrorCode;
import org.junit.jupiter.api.Test;

class ModuleMemoryTest {
    private static final long KIB = 1024;
    private static final long FREE = ModuleMemory.FREE_BYTES;

    private final TotalMemory total = new TotalMemory(() -> 10_000 * KIB);
    private final TotalMemory.Holder others = total.open("others");
    private final MemoryLedger ledger = new MemoryLedger(() -> 2_000 * KIB, total.open("lidar"));
    private final ModuleMemory module = ModuleMemory.of(ledger);

    @Test
    void anOrdinaryModuleCountsTowardsTheTotalAlone() {
        ModuleSize size = new ModuleSize(100 * KIB, 10 * KIB, 150 * KIB);
        module.reserve(FakeGuest.WHO, size, 3);
        assertEquals(180 * KIB, total.held());
        module.parsed(size, 3);
        assertEquals(130 * KIB, total.held());
        assertEquals(0, ledger.heldBytes());
        module.close();
        module.close();
        assertEquals(0, total.held());
    }

    @Test
    void aGenerationThatHasEndedKeepsNoShareOfTheTotal() {
        assertFalse(others.tryTake(7_000 * KIB));
        module.close();
        assertTrue(others.tryTake(7_000 * KIB));
    }

    @Test
    void whatALargeOneKeepsIsThePluginsAndWhatParsingTakesIsGivenBack() {
        ModuleSize size = new ModuleSize(1_000 * KIB, 0, 1_500 * KIB);
        module.reserve(FakeGuest.WHO, size, 1);
        assertEquals(1_500 * KIB - FREE, ledger.heldBytes());
        module.parsed(size, 1);
        assertEquals(1_000 * KIB - FREE, ledger.heldBytes());
        assertEquals(1_000 * KIB, total.held());
        module.close();
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void oneThatHasNoRoomIsRefusedBeforeItIsParsed() {
        ModuleSize much = new ModuleSize(0, 0, 2_000 * KIB + FREE + 1);
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () -> module.reserve(FakeGuest.WHO, much, 1),
                "memoryBytes in conf/io.trinity.plugin-lidar.cfg");
        // Half of 10,000 and its own third of the rest; each other third is kept.
        assertTrue(others.tryTake(6_666 * KIB));
        assertFault(
                ErrorCode.LIMIT_TOTAL_MEMORY,
                () -> module.reserve(FakeGuest.WHO, new ModuleSize(0, 1_701 * KIB, 0), 1),
                "totalMemoryBytes in conf/io.trinity.limits.cfg");
        assertEquals(6_666 * KIB, total.held());
        assertEquals(0, ledger.heldBytes());
    }
}
