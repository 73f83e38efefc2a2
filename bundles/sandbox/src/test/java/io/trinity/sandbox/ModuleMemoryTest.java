package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.engine.ModuleSize;
import io.trinity.api.plugin.ErrorCode;
import org.junit.jupiter.api.Test;

class ModuleMemoryTest {
    private static final long KIB = 1024;
    private static final long FREE = ModuleMemory.FREE_BYTES;

    private final BoundedBytes total = new BoundedBytes(() -> 10_000 * KIB);
    private final MemoryLedger ledger = new MemoryLedger(() -> 2_000 * KIB, total);

    @Test
    void anOrdinaryModuleCountsTowardsTheTotalAlone() {
        ModuleSize size = new ModuleSize(100 * KIB, 10 * KIB, 150 * KIB);
        ModuleMemory module = ModuleMemory.reserve(FakeGuest.WHO, ledger, size, 3);
        assertEquals(180 * KIB, total.held());
        module.parsed(size, 3);
        assertEquals(130 * KIB, total.held());
        assertEquals(0, ledger.heldBytes());
        module.close();
        module.close();
        assertEquals(0, total.held());
    }

    @Test
    void whatALargeOneKeepsIsThePluginsAndWhatParsingTakesIsGivenBack() {
        ModuleSize size = new ModuleSize(1_000 * KIB, 0, 1_500 * KIB);
        ModuleMemory module = ModuleMemory.reserve(FakeGuest.WHO, ledger, size, 1);
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
                () -> ModuleMemory.reserve(FakeGuest.WHO, ledger, much, 1),
                "memoryBytes in conf/io.trinity.plugin-lidar.cfg");
        total.tryTake(9_900 * KIB);
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () ->
                        ModuleMemory.reserve(
                                FakeGuest.WHO, ledger, new ModuleSize(0, 101 * KIB, 0), 1),
                "totalMemoryBytes in conf/io.trinity.limits.cfg");
        assertEquals(9_900 * KIB, total.held());
        assertEquals(0, ledger.heldBytes());
    }
}
