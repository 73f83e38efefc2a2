package io.trinity.api.plugin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"host", "HOST", "Trinity", "jvm", "J.v.m", "_host_", "tri-nity", "h.o_s-t"})
    void aSpellingOfTheHostsNamesIsReserved(String name) {
        assertTrue(ReservedNames.isReserved(name));
        assertTrue(ReservedNames.isWithinReserved(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trinity.x",
                "trinity_plugin_memory",
                "trinity-plugin.memory",
                "TRINITY.x",
                "jvm_heap_used",
                "jvm-x",
                "host.cpu",
                "_jvm.x",
                ".trinity_x"
            })
    void whatBeginsLikeOneIsWithin(String name) {
        assertFalse(ReservedNames.isReserved(name));
        assertTrue(ReservedNames.isWithinReserved(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hosts", "ghost", "jvmx", "my.jvm", "words_host", "trinityx.y", "", "."})
    void othersAreFree(String name) {
        assertFalse(ReservedNames.isReserved(name));
        assertFalse(ReservedNames.isWithinReserved(name));
    }
}
