package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.policy.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapShareTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"64, 16", "256, 64", "372, 93", "1024, 745", "8192, 7913"})
    void thePluginsHaveWhatTheHostDoesNotNeedButAQuarterAtLeast(long heap, long share) {
        assertEquals(share, HeapShare.ofPlugins(heap * MIB) / MIB);
    }

    @org.junit.jupiter.api.Test
    void theHeapOfTheDistributionHoldsAllPluginsOfTheDefaultsAndOneBeingReloaded() {
        // -Xmx1g, of which the serial collector leaves one survivor space out.
        long heap = 990 * MIB;
        assertTrue(HeapShare.ofPlugins(heap) >= 33 * Limits.DEFAULT.memoryBytes());
    }
}
