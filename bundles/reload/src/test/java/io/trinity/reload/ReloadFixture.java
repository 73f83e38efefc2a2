package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test's own rig, and what is asked of it most. */
abstract class ReloadFixture {
    ReloadRig rig;

    @BeforeEach
    void rig(@TempDir Path root) throws IOException {
        rig = new ReloadRig(root);
    }

    /** These are listed, and no others. */
    void assertPlugins(String... lines) {
        assertEquals(List.of(lines), rig.plugins.lines());
    }

    /** These steps were taken since this was asked last. */
    void assertTaken(String... steps) {
        assertEquals(List.of(steps), rig.steps.taken);
        rig.steps.taken.clear();
    }
}
