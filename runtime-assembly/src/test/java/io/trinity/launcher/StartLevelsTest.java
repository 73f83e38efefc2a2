package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StartLevelsTest {
    @Test
    void configurationIsReadBeforeAnyComponentBegins() throws IOException {
        StartLevels levels = StartLevels.load();
        assertTrue(
                levels.of("org.apache.felix.configadmin")
                        < levels.of("org.apache.felix.fileinstall"));
        assertTrue(levels.of("org.apache.felix.fileinstall") < levels.of("org.apache.felix.scr"));
        assertEquals(StartLevels.DEFAULT, levels.of("io.trinity.reload"));
        assertTrue(StartLevels.DEFAULT < FrameworkProperties.BEGINNING_LEVEL);
    }
}
