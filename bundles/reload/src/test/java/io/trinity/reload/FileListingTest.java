package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FileListingTest extends ReloadFixture {
    @Test
    void aFileThatGoesWhileItIsLoadedIsNotListedAfterwards() throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.write("a.wasm", "alpha 2.0.0");
        rig.write("b.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.meanwhile = () -> rig.remove("b.wasm");
        rig.remove("a.wasm");
        rig.settle();

        assertPlugins();
    }

    @Test
    void aFileThatBringsWhatIsOffIsListedByItsOwnNameNoLonger() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.settle();
        rig.drop("a.wasm", "");
        rig.settle();
        assertEquals("a.wasm 0.0.0 error a.wasm MODULE_MALFORMED", rig.line("a.wasm"));
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();

        assertPlugins("alpha 0.0.0 unloaded a.wasm off");
    }

    @Test
    void aFileIsListedByItsOwnNameNoLongerAsSoonAsItIsLoaded() throws Exception {
        rig.write("a.wasm", "alpha 2.0.0");
        rig.write("b.wasm", "alpha 1.0.0");
        rig.boot();
        assertEquals("b.wasm 0.0.0 error b.wasm NAME_TAKEN", rig.line("b.wasm"));
        rig.remove("a.wasm");

        assertEquals("", rig.line("b.wasm"));
    }

    @Test
    void ofTwoFilesWhoseNamesLookTheSameTheOneThatServesDoesNotTakeTheOtherFromTheList()
            throws Exception {
        String shown = "a".repeat(120);
        rig.write(shown + "1.wasm", "");
        rig.write(shown + "2.wasm", "alpha 1.0.0");
        rig.boot();

        assertEquals(
                shown + "… 0.0.0 error " + shown + "1.wasm MODULE_MALFORMED",
                rig.line(shown + "…"));
    }

    @Test
    void aFileThatIsMendedIsListedAsItsPluginAndOneThatIsOffAsItself() throws Exception {
        rig.write("a.wasm", "");
        rig.boot();
        assertEquals("a.wasm", rig.events.listing().nameOf(rig.path("a.wasm")));
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();
        assertEquals("alpha", rig.events.listing().nameOf(rig.path("a.wasm")));

        rig.drop("b.wasm", "alpha 0.1.0");
        rig.settle();
        rig.unload("b.wasm");
        rig.remove("a.wasm");
        rig.settle();
        assertPlugins("b.wasm 0.0.0 unloaded b.wasm off");
        assertEquals("b.wasm", rig.events.listing().nameOf(rig.path("b.wasm")));
    }
}
