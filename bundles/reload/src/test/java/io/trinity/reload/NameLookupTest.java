package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameLookupTest extends ReloadFixture {
    @Test
    void aNameMeansThePluginsFileOrTheFileAndOneThatCameJustNow() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "alpha 2.0.0");
        rig.boot();
        rig.write("c.wasm", "gamma 1.0.0");

        assertEquals(rig.path("b.wasm"), rig.names.file("alpha"));
        assertEquals(rig.path("a.wasm"), rig.names.file("a.wasm"));
        assertEquals(rig.path("c.wasm"), rig.names.file("c"));
        assertEquals("alpha", rig.events.listing().nameOf(rig.path("b.wasm")));
        assertEquals("a.wasm", rig.events.listing().nameOf(rig.path("a.wasm")));
        for (String none : List.of("gamma", "../c.wasm", "")) {
            PluginException e = assertThrows(PluginException.class, () -> rig.names.file(none));
            assertEquals(ErrorCode.NOT_FOUND, e.code());
        }
    }
}
