package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Snapshots.BROKEN;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PluginLoadTest {
    private final FakeRegistry registry = Snapshots.registry(RESIZE, BROKEN);
    private final FakeReloader reloader = new FakeReloader();
    private final PluginLoad command =
            new PluginLoad(registry, reloader, FakeLifecycle.of(registry));

    @Test
    void whatBecameOfThePluginIsTold() {
        assertEquals("resize 1.2.0: active, generation 3, bundle 57\n", command.load("resize"));
        assertEquals("resize 1.2.0: active, generation 3, bundle 57\n", command.reload("resize"));
        assertEquals("resize 1.2.0: unloaded (disabled)\n", command.unload("resize"));
        assertEquals(List.of("load resize", "reload resize", "unload resize"), reloader.asked);
    }

    @Test
    void programsGetThePlugin() throws IOException {
        assertEquals("active", object(command.load("resize", "--json")).get("state"));
        assertEquals(3, object(command.reload("resize", "--json")).get("generation"));
        assertEquals(true, object(command.unload("resize", "--json")).get("disabled"));
    }

    @Test
    void aRefusalIsToldWithItsCode() {
        for (String name : List.of("geo", "geo.wasm")) {
            String message = "NOT_FOUND: plugin '" + name + "': no such plugin; plugin:list";
            fails(message, () -> command.load(name));
            fails(message, () -> command.unload(name));
            fails(message, () -> command.reload(name));
        }
    }

    @Test
    void aQuarantineIsEndedAndNothingIsLoaded() {
        Fault quarantined = new Fault(ErrorCode.QUARANTINED, "it trapped too often");
        registry.put(Snapshots.in(PluginState.ERROR, RESIZE, Optional.of(quarantined)));
        assertEquals("resize 1.2.0: active, generation 1, bundle 9\n", command.retry("resize"));
        assertEquals(List.of(), reloader.asked);
    }

    @Test
    void onlyWhatWasRefusedIsTriedAgain() {
        assertEquals("broken -: active, generation 1, bundle 9\n", command.retry("broken"));
        assertEquals(List.of("load broken"), reloader.asked);
        fails(
                "ILLEGAL_TRANSITION: plugin 'resize' is active and has no error; plugin:reload"
                        + " loads it",
                () -> command.retry("resize"));
        registry.put(Snapshots.disabled(RESIZE));
        fails(
                "ILLEGAL_TRANSITION: plugin 'resize' is unloaded (disabled) and has no error;"
                        + " plugin:load loads it",
                () -> command.retry("resize"));
        fails(
                "NOT_FOUND: there is no plugin 'geo'; there are: broken, resize",
                () -> command.retry("geo"));
    }
}
