package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PluginCommandsTest extends ReloadFixture {
    private static ErrorCode refusal(CompletableFuture<PluginSnapshot> answer) {
        assertTrue(answer.isDone());
        Throwable why = assertThrows(ExecutionException.class, answer::get).getCause();
        return ((PluginException) why).code();
    }

    @Test
    void aFileThatIsNoPluginIsSwitchedOffAndOnByItsNameWithAndWithoutItsEnding() throws Exception {
        rig.write("a.wasm", "");
        rig.boot();
        rig.unload("a.wasm");
        rig.settle();
        assertPlugins("a.wasm 0.0.0 unloaded a.wasm off");
        CompletableFuture<PluginSnapshot> answer = rig.load("a");
        rig.settle();

        assertPlugins("a.wasm 0.0.0 error a.wasm MODULE_MALFORMED");
        assertEquals(ErrorCode.MODULE_MALFORMED, refusal(answer));
    }

    @Test
    void aPluginThatIsOffIsSwitchedOnByTheNameOfItsFile() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.settle();
        rig.load("a");
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm");
    }

    @Test
    void whatCannotBeRememberedOnceTheFileIsLookedIntoIsTheAnswer() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.settle();
        // Nobody knows yet that the file brings alpha, which is off.
        rig.drop("b.wasm", "alpha 2.0.0");
        CompletableFuture<PluginSnapshot> answer = rig.load("b");
        Files.delete(rig.store.resolve("disabled"));
        Files.createDirectory(rig.store.resolve("disabled"));
        rig.settle();
        assertEquals(ErrorCode.STORE_FAILED, refusal(answer));
    }

    @Test
    void whoUnloadsWhatIsBeingLoadedHasItGivenUp() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.step();
        CompletableFuture<PluginSnapshot> answer = rig.unload("alpha");
        assertFalse(answer.isDone());
        rig.settle();
        assertTrue(answer.isDone());
        assertEquals(List.of("alpha"), rig.steps.givenUp);
        assertPlugins("alpha 0.0.0 unloaded a.wasm off");
        rig.load("alpha");
        rig.settle();
        rig.unload("alpha");
        rig.settle();
        assertEquals(List.of("alpha"), rig.steps.givenUp, "what serves is drained");
    }

    @Test
    void whoUnloadsWhatNobodyHasLookedIntoYetIsAnsweredWhenThatIsDone() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0");
        CompletableFuture<PluginSnapshot> answer = rig.unload("a");
        rig.settle();
        assertEquals("alpha", answer.get().name());
        assertTaken("unload alpha");
        assertPlugins("alpha 0.0.0 unloaded a.wasm off");
    }

    @Test
    void whoAsksForWhatIsBeingLoadedDoesNotWaitBehindOthers() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.step();
        Asker.run("user:ada", () -> rig.load("alpha"));
        rig.latestStep();
        assertEquals(List.of("alpha for user:ada"), rig.steps.hurried);
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
    }

    @Test
    void whoUnloadsWhatGoesMeanwhileIsToldSo() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        CompletableFuture<PluginSnapshot> answer = rig.unload("alpha");
        rig.remove("a.wasm");
        rig.settle();

        assertEquals(ErrorCode.NOT_FOUND, refusal(answer));
    }

    @Test
    void offBelongsToTheNameOverFilesVersionsAndRestartsUntilItIsOnAgain() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.settle();
        assertPlugins("alpha 1.0.0 unloaded a.wasm off");
        assertTaken("load alpha", "unload alpha");

        rig.drop("b.wasm", "alpha 2.0.0");
        rig.settle();
        rig.remove("a.wasm");
        rig.settle();
        assertPlugins("alpha 1.0.0 unloaded b.wasm off");
        rig.life();
        rig.boot();
        assertPlugins("alpha 0.0.0 unloaded b.wasm off");
        assertTaken();

        rig.load("alpha");
        rig.settle();
        assertPlugins("alpha 2.0.0 active b.wasm");
    }

    @Test
    void nothingIsListedOfWhatIsOffWhenItsFileGoesWhileItIsUnloadedAndItStaysOff()
            throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.remove("a.wasm");
        rig.settle();
        assertPlugins();

        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();
        assertPlugins("alpha 0.0.0 unloaded a.wasm off");
    }

    @Test
    void aFileThatIsOffByItsOwnNameServesNothing() throws Exception {
        rig.write("a.wasm", "alpha 2.0.0");
        rig.write("b.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("b.wasm");
        rig.settle();
        assertPlugins("alpha 2.0.0 active a.wasm", "b.wasm 0.0.0 unloaded b.wasm off");
        rig.remove("a.wasm");
        rig.settle();

        assertPlugins("b.wasm 0.0.0 unloaded b.wasm off");
    }

    @Test
    void whatServesIsLoadedAnewWhenThatIsAskedAndOnlyThen() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.load("alpha");
        rig.settle();
        assertTaken("load alpha");

        rig.reload("alpha");
        rig.settle();
        rig.events.reconciler().reconcile("alpha");
        rig.settle();
        assertTaken("load alpha");
        assertEquals(2, rig.plugins.find("alpha").orElseThrow().generation());
    }

    @Test
    void whatCouldNotBeLoadedAnewIsNotCaughtUpWithLater() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.refused.add("alpha 2.0.0");
        rig.drop("a.wasm", "alpha 2.0.0");
        rig.settle();
        rig.events.reconciler().reconcileAnew("alpha");
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();

        assertTaken("load alpha", "load alpha");
    }

    @Test
    void whoLoadsIsAnsweredWithWhatServesThenOrWhyNot() throws Exception {
        rig.boot();
        rig.write("a.wasm", "alpha 1.0.0");
        CompletableFuture<PluginSnapshot> first = rig.load("a");
        assertFalse(first.isDone());
        rig.settle();
        assertEquals(1, first.get().generation());
        rig.write("a.wasm", "alpha 2.0.0");
        rig.steps.refused.add("alpha 2.0.0");
        CompletableFuture<PluginSnapshot> second = rig.load("alpha");
        rig.settle();

        Throwable why = assertThrows(ExecutionException.class, second::get).getCause();
        assertEquals(ErrorCode.CAPABILITY_DENIED, ((PluginException) why).code());
        rig.steps.refused.clear();
        CompletableFuture<PluginSnapshot> third = rig.load("alpha");
        rig.settle();
        assertEquals("2.0.0", third.get().version().toString());
    }

    @Test
    void whoUnloadsIsAnsweredWhenItHasEndedAndWhoLoadsItAgainBringsItBack() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        CompletableFuture<PluginSnapshot> off = rig.unload("alpha");
        assertFalse(off.isDone());
        rig.settle();
        assertTrue(off.get().disabled());
        assertEquals(0, off.get().generation());
        CompletableFuture<PluginSnapshot> on = rig.load("alpha");
        rig.settle();

        assertEquals(2, on.get().generation());
        assertFalse(on.get().disabled());
    }

    @Test
    void whatIsOffAndHasNoFileIsSwitchedOnAndThatIsSaid() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.settle();
        rig.remove("a.wasm");
        rig.settle();

        PluginException e = assertThrows(PluginException.class, () -> rig.load("alpha"));
        assertTrue(e.getMessage().contains("it is off no longer"), e.getMessage());
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
    }
}
