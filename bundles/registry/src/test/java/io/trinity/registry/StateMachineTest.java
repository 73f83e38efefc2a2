package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginState;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMachineTest {
    private static final PluginRef WHO = PluginRef.named("lidar");

    /** One row per state: all that may follow. Every pair not named here must be refused. */
    @ParameterizedTest(name = "{0} leaves to {1} and to nothing else")
    @CsvSource({
        "UNLOADED,  LOADING",
        "LOADING,   ACTIVE ERROR",
        "ACTIVE,    PAUSED RELOADING DRAINING ERROR",
        "PAUSED,    ACTIVE DRAINING",
        "RELOADING, ACTIVE ERROR",
        "ERROR,     LOADING UNLOADED",
        "DRAINING,  UNLOADED"
    })
    void everyPairOfStatesIsDecided(PluginState from, String legal) {
        Set<String> legalNames = Set.of(legal.split(" "));
        int refused = 0;
        for (PluginState to : PluginState.values()) {
            if (legalNames.contains(to.name())) {
                assertDoesNotThrow(() -> StateMachine.check(WHO, from, to));
            } else {
                PluginException e =
                        assertThrows(
                                PluginException.class, () -> StateMachine.check(WHO, from, to));
                assertEquals(ErrorCode.ILLEGAL_TRANSITION, e.code());
                assertTrue(e.getMessage().contains(from.label()), e.getMessage());
                assertTrue(e.getMessage().contains(to.label()), e.getMessage());
                refused++;
            }
        }
        assertEquals(PluginState.values().length - legalNames.size(), refused);
    }
}
