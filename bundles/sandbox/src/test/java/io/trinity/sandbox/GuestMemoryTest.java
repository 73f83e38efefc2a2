package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import org.junit.jupiter.api.Test;

class GuestMemoryTest {
    private final TotalMemory total = new TotalMemory(() -> 1200);
    private final GuestMemory memory =
            new GuestMemory(new MemoryLedger(() -> 1000, total.open("lidar")));

    private static PluginException of(ErrorCode code) {
        return PluginException.of(code, FakeGuest.WHO, "unreachable", "mend it");
    }

    @Test
    void aTrapAfterTheTotalRefusedMemoryIsNotThePlugins() {
        assertTrue(memory.tryReserve(900));
        assertFalse(memory.tryReserve(1));
        PluginException e = memory.blame(of(ErrorCode.GUEST_TRAP));
        assertEquals(ErrorCode.LIMIT_TOTAL_MEMORY, e.code());
        assertTrue(e.detail().contains("all plugins together hold"), e.detail());
        assertTrue(e.detail().endsWith("then: unreachable"), e.detail());
        assertTrue(e.remedy().contains("totalMemoryBytes in conf/io.trinity.limits.cfg"));
        memory.begin();
        PluginException later = of(ErrorCode.GUEST_TRAP);
        assertSame(later, memory.blame(later), "of another call");
    }

    @Test
    void whatIsNoConsequenceOfItStaysWhatItIs() {
        memory.tryReserve(901);
        PluginException e = of(ErrorCode.LIMIT_CPU);
        assertSame(e, memory.blame(e));
    }

    @Test
    void itsOwnLimitIsItsOwnAffairWhateverTheTotal() {
        assertTrue(memory.tryReserve(900));
        assertFalse(memory.tryReserve(101, 101));
        PluginException e = of(ErrorCode.GUEST_TRAP);
        assertSame(e, memory.blame(e));
    }
}
