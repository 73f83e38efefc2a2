package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final PluginRef NEW = PluginRef.named("lidar");
    private static final long MIB = 1 << 20;

    private static List<String> plugins(int number) {
        return Collections.nCopies(number, "other");
    }

    @Test
    void aNumberIsANumberWhateverTheMemory() {
        Capacity two = new Capacity(2, name -> Long.MAX_VALUE / 100, () -> 0);
        assertDoesNotThrow(() -> two.check(NEW, plugins(1), 0));
        PluginException e = refused(two, 2);
        assertTrue(e.detail().contains("2 plugins are loaded, the limit is 2"), e.detail());
        assertTrue(e.remedy().contains("maxPlugins"), e.remedy());
    }

    @Test
    void autoIsAsManyAsTheMemoryHoldsAndOneBeingReloaded() {
        Capacity auto = new Capacity(Capacity.AUTO, name -> 16 * MIB, () -> 100 * MIB);
        assertDoesNotThrow(() -> auto.check(NEW, plugins(4), 0));
        PluginException e = refused(auto, 5);
        assertEquals(
                "5 plugins are loaded; with this one's 16 MiB they might take 96 MiB together, and"
                        + " one that is reloaded 16 MiB more; all plugins may take 100 MiB",
                e.detail());
        assertTrue(e.remedy().contains("totalMemoryBytes in conf/io.trinity.limits.cfg"));
    }

    @Test
    void aPluginWithALimitOfItsOwnCountsWithThat() {
        Capacity auto =
                new Capacity(
                        Capacity.AUTO,
                        name -> name.equals("lidar") ? 40 * MIB : 10 * MIB,
                        () -> 100 * MIB);
        // 40 + 2 * 10, and 40 for its reload.
        assertDoesNotThrow(() -> auto.check(NEW, plugins(2), 0));
        refused(auto, 3);
        assertDoesNotThrow(() -> auto.check(PluginRef.named("small"), plugins(8), 0));
    }

    @Test
    void thoseThatAreOnlyBeingLoadedAreToldApart() {
        Capacity two = new Capacity(2, name -> MIB, () -> 100 * MIB);
        PluginException e =
                assertThrows(PluginException.class, () -> two.check(NEW, plugins(2), 1));
        assertEquals("1 plugins are loaded and 1 are being loaded, the limit is 2", e.detail());
        assertTrue(e.remedy().startsWith("it is tried again where one of those fails"), e.remedy());
    }

    private static PluginException refused(Capacity capacity, int there) {
        PluginException e =
                assertThrows(PluginException.class, () -> capacity.check(NEW, plugins(there), 0));
        assertEquals(ErrorCode.LIMIT_PLUGINS, e.code());
        assertEquals(NEW, e.plugin());
        return e;
    }
}
