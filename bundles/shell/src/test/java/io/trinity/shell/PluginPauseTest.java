package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PluginPauseTest {
    private final FakeRegistry registry = Snapshots.registry(RESIZE);
    private final PluginPause command = new PluginPause(registry, FakeLifecycle.of(registry));

    @Test
    void pausedAndResumedIsTold() throws IOException {
        assertEquals("resize 1.2.0: paused, generation 3, bundle 57\n", command.pause("resize"));
        assertEquals("active", object(command.resume("resize", "--json")).get("state"));
        assertEquals("paused", object(command.pause("resize", "--json")).get("state"));
        assertEquals("resize 1.2.0: active, generation 3, bundle 57\n", command.resume("resize"));
    }

    @Test
    void whatCannotBePausedIsToldWhy() {
        fails("NOT_FOUND: there is no plugin 'x'; there are: resize", () -> command.pause("x"));
        fails(
                "ILLEGAL_TRANSITION: plugin 'resize': it is active and cannot be resumed",
                () -> command.resume("resize"));
    }
}
