package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void readyIsWhenNothingIsMissing() {
        assertTrue(Readiness.of(20, 20, List.of(), List.of(), true).isReady());
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals(
                List.of(
                        "start level 20 (now 4)",
                        "bundle io.trinity.reload",
                        "service PluginRegistry",
                        "plugins that are being loaded"),
                Readiness.of(4, 20, List.of("io.trinity.reload"), List.of("PluginRegistry"), false)
                        .waitingFor());
    }
}
