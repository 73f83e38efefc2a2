package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StartLevelsTest {
    @Test
    void configurationIsReadBeforeAnyComponentBegins() throws IOException {
        StartLevels levels = StartLevels.load();
        int configuration = levels.of("io.trinity.configuration");
        assertTrue(levels.of("org.apache.felix.configadmin") < configuration);
        // Its component is activated within its start only where the runtime of components is up.
        assertTrue(levels.of("org.apache.felix.scr") < configuration);
        assertTrue(configuration < levels.of("io.trinity.deployer"));
        assertTrue(configuration < StartLevels.DEFAULT);
        assertEquals(StartLevels.DEFAULT, levels.of("io.trinity.reload"));
        assertTrue(StartLevels.DEFAULT < FrameworkProperties.BEGINNING_LEVEL);
    }
}
