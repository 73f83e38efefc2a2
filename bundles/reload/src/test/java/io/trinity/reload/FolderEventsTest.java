package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FolderEventsTest extends ReloadFixture {
    @Test
    void aFolderThatIsHeldToBeUnmountedForgetsNothingAndItsPluginsStartWhenItIsBack()
            throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.delete("a.wasm");
        rig.life();
        rig.held = true;
        rig.boot();
        assertPlugins();
        assertEquals(1, rig.committed.plugins().size());
        assertTaken();

        rig.held = false;
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("start alpha");
    }

    @Test
    void aPluginWhoseFileWentWhileTheHostWasDownIsForgotten() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.delete("a.wasm");
        rig.life();
        rig.boot();

        assertPlugins();
        assertEquals(0, rig.committed.plugins().size());
        assertTaken("unload alpha");
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("load alpha");
    }

    @Test
    void whileItIsMovedTheFileThatCameStandsForThePluginAtOnce() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.away.add(rig.path("a.wasm"));
        rig.drop("b.wasm", "alpha 1.0.0");
        rig.settle();

        assertPlugins("alpha 1.0.0 active b.wasm");
    }

    @Test
    void aRefusedFileThatBringsAnotherPluginLeavesNothingOfTheFirst() throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.drop("a.wasm", "beta 1.0.0");
        rig.settle();

        assertPlugins("beta 1.0.0 active a.wasm");
    }

    @Test
    void aFileThatIsNoPluginIsListedWhenItComesAndLetsGoWhoWaitedForIt() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0 beta");
        rig.drop("b.wasm", "");
        rig.settle();

        assertPlugins(
                "alpha 1.0.0 error a.wasm DEPENDENCY_MISSING",
                "b.wasm 0.0.0 error b.wasm MODULE_MALFORMED");
        assertTrue(rig.events.isSettled());
    }

    @Test
    void aFileThatIsRenamedIsThePluginThatItWas() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.move("a.wasm", "b.wasm");
        rig.settle();
        assertPlugins("alpha 1.0.0 active b.wasm");
        assertTaken("load alpha");

        rig.life();
        rig.boot();
        assertPlugins("alpha 1.0.0 active b.wasm");
        assertTaken("start alpha");
    }

    @Test
    void aFileWhoseManifestHasAnotherNameIsAnotherPluginAndTheFirstIsUnloaded() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.drop("a.wasm", "beta 1.0.0");
        rig.settle();

        assertPlugins("beta 1.0.0 active a.wasm");
        assertTaken("load alpha", "load beta", "unload alpha");
    }

    @Test
    void whereTheOtherNameIsRefusedTheFirstServesOnAndSaysWhy() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.refused.add("beta 1.0.0");
        rig.drop("a.wasm", "beta 1.0.0");
        rig.settle();

        assertPlugins(
                "alpha 1.0.0 active a.wasm CAPABILITY_DENIED",
                "beta 1.0.0 error a.wasm CAPABILITY_DENIED");
        assertTrue(
                rig.plugins
                        .find("alpha")
                        .flatMap(p -> p.error())
                        .orElseThrow()
                        .message()
                        .contains("brings plugin 'beta' now, which is refused"));
    }
}
