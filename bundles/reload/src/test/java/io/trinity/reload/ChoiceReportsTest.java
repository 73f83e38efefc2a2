package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChoiceReportsTest extends ReloadFixture {
    @Test
    void whatWasRenamedCameFromItsNewFile() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.move("a.wasm", "b.wasm");
        rig.settle();
        rig.drop("b.wasm", "");
        rig.settle();

        assertPlugins("alpha 1.0.0 active b.wasm MODULE_MALFORMED");
    }

    @Test
    void aFileOfTheSameBytesStandsForThePluginWhenTheFirstGoesAndIsListedByItsOwnNameNoLonger()
            throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "alpha 1.0.0");
        rig.boot();
        assertPlugins("alpha 1.0.0 active a.wasm", "b.wasm 0.0.0 error b.wasm NAME_TAKEN");
        rig.remove("a.wasm");
        rig.settle();

        assertPlugins("alpha 1.0.0 active b.wasm");
        assertTaken("load alpha");
    }

    @Test
    void aRefusedFileStandsForWhatServesWhenThatsFileIsGoneAndIsWhatItCameFrom() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.refused.add("alpha 2.0.0");
        rig.drop("b.wasm", "alpha 2.0.0");
        rig.settle();
        rig.remove("a.wasm");
        // What may be cured is tried once more, and refused again.
        rig.settle();
        assertPlugins("alpha 1.0.0 active b.wasm CAPABILITY_DENIED");
        rig.drop("b.wasm", "");
        rig.settle();

        assertPlugins("alpha 1.0.0 active b.wasm MODULE_MALFORMED");
    }

    @Test
    void aFileThatIsRefusedForAnotherPluginIsListedThoughWhatCameFromItServesOn() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("c.wasm", "beta 1.0.0");
        rig.boot();
        rig.steps.refused.add("beta 2.0.0");
        rig.drop("a.wasm", "beta 2.0.0");
        rig.settle();
        rig.events.reconciler().reconcile("alpha");
        rig.settle();

        assertEquals("a.wasm 0.0.0 error a.wasm CAPABILITY_DENIED", rig.line("a.wasm"));
        assertEquals("alpha 1.0.0 active a.wasm CAPABILITY_DENIED", rig.line("alpha"));
    }

    @Test
    void whenTheFirstOfTheRefusedGoesTheNextStandsForThePlugin() throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.steps.refused.add("alpha 2.0.0");
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "alpha 2.0.0");
        rig.boot();
        assertEquals("a.wasm 0.0.0 error a.wasm CAPABILITY_DENIED", rig.line("a.wasm"));
        assertEquals("b.wasm", rig.plugins.find("alpha").orElseThrow().file());
        rig.remove("b.wasm");
        rig.settle();

        assertEquals("", rig.line("a.wasm"));
        assertEquals("a.wasm", rig.plugins.find("alpha").orElseThrow().file());
    }
}
