package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconcilerTest extends ReloadFixture {
    // ---- two files of one name

    @Test
    void ofTwoFilesOfOneNameTheHigherVersionServesAndTheOtherIsListedByItsOwn() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "alpha 2.0.0");
        rig.boot();

        assertPlugins("a.wasm 0.0.0 error a.wasm NAME_TAKEN", "alpha 2.0.0 active b.wasm");
        assertTaken("load alpha");
    }

    @Test
    void ofEqualVersionsTheFirstServes() throws Exception {
        rig.write("b.wasm", "alpha 1.0.0 ");
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();

        assertPlugins("alpha 1.0.0 active a.wasm", "b.wasm 0.0.0 error b.wasm NAME_TAKEN");
    }

    @Test
    void anEqualVersionThatComesLaterDoesNotTakeOver() throws Exception {
        rig.write("b.wasm", "alpha 1.0.0");
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0 ");
        rig.settle();

        assertPlugins("a.wasm 0.0.0 error a.wasm NAME_TAKEN", "alpha 1.0.0 active b.wasm");
        assertTaken("load alpha");
    }

    @Test
    void whenTheFileThatServesGoesTheOtherTakesOverWithoutAnUnload() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "alpha 2.0.0");
        rig.boot();
        rig.remove("b.wasm");
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("load alpha", "load alpha");
    }

    // ---- refusals

    @Test
    void aFileThatIsRefusedTakesNoName() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.refused.add("alpha 2.0.0");
        rig.drop("b.wasm", "alpha 2.0.0");
        rig.settle();
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        assertEquals("b.wasm 0.0.0 error b.wasm CAPABILITY_DENIED", rig.line("b.wasm"));

        rig.remove("b.wasm");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("load alpha", "load alpha");
    }

    @Test
    void ofTwoNewFilesTheRefusedOneLeavesTheNameToTheOther() throws Exception {
        rig.steps.refused.add("alpha 2.0.0");
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "alpha 2.0.0");
        rig.boot();

        assertPlugins("alpha 1.0.0 active a.wasm", "b.wasm 0.0.0 error b.wasm CAPABILITY_DENIED");
        assertTaken("load alpha", "load alpha");
    }

    @Test
    void aRefusedNewVersionLeavesTheOldOneServingAndIsListedWithItsRefusal() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.refused.add("alpha 2.0.0");
        rig.drop("a.wasm", "alpha 2.0.0");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm CAPABILITY_DENIED");
        assertTaken("load alpha", "load alpha");

        rig.drop("a.wasm", "alpha 3.0.0");
        rig.settle();
        assertPlugins("alpha 3.0.0 active a.wasm");
    }

    @Test
    void aFileThatIsDamagedInPlaceLeavesServingWhatCameFromIt() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.drop("a.wasm", "");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm MODULE_MALFORMED");

        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("load alpha");
    }

    @Test
    void aFileThatIsNoPluginIsListedByItsOwnNameUntilItGoes() throws Exception {
        rig.write("a.wasm", "");
        rig.boot();
        assertPlugins("a.wasm 0.0.0 error a.wasm MODULE_MALFORMED");

        rig.remove("a.wasm");
        rig.settle();
        assertPlugins();
    }

    @Test
    void whatWasRefusedIsTriedAgainWhenItsReasonMayBeOver() throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        assertPlugins("alpha 1.0.0 error a.wasm CAPABILITY_DENIED");
        rig.steps.refused.clear();

        rig.events.retry(EnumSet.of(ErrorCode.STORE_FAILED));
        rig.settle();
        assertPlugins("alpha 1.0.0 error a.wasm CAPABILITY_DENIED");
        rig.events.retry(FoundFiles.CURABLE);
        rig.settle();
        assertPlugins("alpha 1.0.0 active a.wasm");
    }

    @Test
    void whatWasRefusedIsTriedAgainWhenAnotherMakesRoom() throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.steps.refusedFor = ErrorCode.LIMIT_PLUGINS;
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "beta 1.0.0");
        rig.boot();
        rig.steps.refused.clear();
        rig.remove("b.wasm");
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm");
    }

    @Test
    void whatWasRefusedIsTriedAgainWhenAnotherFailsThatHadThePlace() throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.steps.refusedFor = ErrorCode.LIMIT_PLUGINS;
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.refused.clear();
        rig.steps.refused.add("beta 1.0.0");
        rig.drop("b.wasm", "beta 1.0.0");
        rig.settle();
        assertPlugins(
                "alpha 1.0.0 error a.wasm LIMIT_PLUGINS", "beta 1.0.0 error b.wasm LIMIT_PLUGINS");

        rig.steps.refusedFor = ErrorCode.LIMIT_TIME;
        rig.steps.refused.add("gamma 1.0.0");
        rig.drop("c.wasm", "gamma 1.0.0");
        rig.settle();
        assertPlugins(
                "alpha 1.0.0 active a.wasm",
                "beta 1.0.0 error b.wasm LIMIT_TIME",
                "gamma 1.0.0 error c.wasm LIMIT_TIME");
    }

    // ---- while something is being done

    @Test
    void aRemovalWhileItsFileIsBeingLoadedIsDoneAfterwards() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.steps.meanwhile = () -> rig.remove("a.wasm");
        rig.settle();

        assertPlugins();
        assertTaken("load alpha", "unload alpha");
        assertTrue(rig.events.isSettled());
    }

    @Test
    void aChangeWhileItsFileIsBeingLoadedIsTheNextLoad() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.steps.meanwhile = () -> rig.drop("a.wasm", "alpha 2.0.0");
        rig.settle();

        assertPlugins("alpha 2.0.0 active a.wasm");
        assertTaken("load alpha", "load alpha");
    }

    @Test
    void aRefusalBelongsToTheContentThatWasLoadedAndNotToWhatCameMeanwhile() throws Exception {
        rig.boot();
        rig.steps.refused.add("alpha 1.0.0");
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.step();
        rig.steps.meanwhile =
                () -> {
                    rig.drop("a.wasm", "alpha 2.0.0");
                    rig.step();
                };
        rig.settle();

        assertPlugins("alpha 2.0.0 active a.wasm");
    }

    @Test
    void itIsSettledOnlyWhenAllIsLookedIntoAndNothingIsBeingDone() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        assertFalse(rig.events.reconciler().isSettled());
        rig.bootUnsettled();
        assertFalse(rig.events.isSettled());
        rig.step();
        assertFalse(rig.events.isSettled());
        assertTrue(rig.events.reconciler().isOpen("alpha"));
        rig.step();

        assertTrue(rig.events.isSettled());
        assertFalse(rig.events.reconciler().isOpen("alpha"));
    }

    @Test
    void whatServesOnThoughItWasUnloadedIsNotForgottenAndNotUnloadedForEver() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.outlives = true;
        rig.remove("a.wasm");
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("load alpha", "unload alpha");
    }

    @Test
    void oneStepAtATimeForEachPlugin() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.steps.taken.clear();
        rig.unload("alpha");
        rig.load("alpha");
        assertTrue(rig.step());
        assertTaken("unload alpha");
        rig.settle();

        assertTaken("load alpha");
        assertPlugins("alpha 1.0.0 active a.wasm");
    }

    @Test
    void whoWaitsIsAnsweredWhenThePluginAndTheFileHaveBeenDealtWith() throws Exception {
        rig.boot();
        List<String> answers = new ArrayList<>();
        rig.drop("a.wasm", "alpha 1.0.0");
        Path file = rig.path("a.wasm");
        rig.events.when(Optional.of(file), "", () -> answers.add("examined"));
        assertEquals(List.of(), answers);
        rig.step();
        assertEquals(List.of("examined"), answers);
        rig.events.when(Optional.of(file), "alpha", () -> answers.add("loaded"));
        rig.events.when(Optional.empty(), "beta", () -> answers.add("none"));
        assertEquals(List.of("examined", "none"), answers);
        rig.step();

        assertEquals(List.of("examined", "none", "loaded"), answers);
    }

    // ---- dependencies

    @Test
    void atBootEachIsLoadedAfterThoseThatItDependsOn() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0 beta");
        rig.write("b.wasm", "beta 1.0.0 gamma");
        rig.write("c.wasm", "gamma 1.0.0");
        rig.boot();

        assertTaken("load gamma", "load beta", "load alpha");
        assertPlugins(
                "alpha 1.0.0 active a.wasm",
                "beta 1.0.0 active b.wasm",
                "gamma 1.0.0 active c.wasm");
    }

    @Test
    void whatWasCommittedStartsInThatOrderTooAndIsNotLoaded() throws Exception {
        atBootEachIsLoadedAfterThoseThatItDependsOn();
        rig.life();
        rig.bootUnsettled();
        while (rig.latestStep()) {
            // Whoever is late is late.
        }

        assertTaken("start gamma", "start beta", "start alpha");
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        assertEquals(1, rig.plugins.find("alpha").orElseThrow().generation());
    }

    @Test
    void oneThatNeedsAnotherIsParkedWhileThatIsOnItsWay() throws Exception {
        rig.boot();
        rig.drop("a.wasm", "alpha 1.0.0 beta");
        rig.drop("b.wasm", "beta 1.0.0");
        List<String> answers = new ArrayList<>();
        rig.step();
        assertTaken();
        rig.events.when(Optional.empty(), "alpha", () -> answers.add("alpha"));
        assertFalse(rig.events.isSettled());
        assertEquals(List.of(), answers);
        rig.settle();

        assertTaken("load beta", "load alpha");
        assertEquals(List.of("alpha"), answers);
        assertTrue(rig.events.isSettled());
    }

    @Test
    void oneThatNeedsWhatIsNotThereIsRefusedAndTriedWhenItComes() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0 beta");
        rig.boot();
        assertPlugins("alpha 1.0.0 error a.wasm DEPENDENCY_MISSING");
        rig.drop("b.wasm", "beta 1.0.0");
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm", "beta 1.0.0 active b.wasm");
    }

    @Test
    void aCircleKeepsNobodyWaiting() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0 beta");
        rig.write("b.wasm", "beta 1.0.0 alpha");
        rig.boot();

        assertPlugins(
                "alpha 1.0.0 error a.wasm DEPENDENCY_MISSING",
                "beta 1.0.0 error b.wasm DEPENDENCY_MISSING");
        assertTrue(rig.events.isSettled());
    }

    // ---- at the start

    @Test
    void whatCannotBeStartedAsItIsIsLoadedFromItsFile() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.life();
        rig.steps.stale = true;
        rig.boot();

        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("start alpha", "load alpha");
    }

    @Test
    void whatWasCommittedWaitsForItsTypeAndStartsAsItWas() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.life();
        rig.write("a.wasm", "alpha 2.0.0");
        rig.steps.typed = false;
        rig.boot();
        assertTaken();
        assertEquals("alpha 1.0.0 error a.wasm TYPE_UNKNOWN", rig.line("alpha"));
        rig.steps.typed = true;
        rig.events.reconciler().startWaiting();
        rig.settle();
        assertTaken("start alpha", "load alpha");
        assertEquals("alpha 2.0.0 active a.wasm", rig.line("alpha"));
    }

    @Test
    void whatWasCommittedStartsThoughItsFileHasNotComeToRest() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.life();
        rig.events.reconciler().recall();
        rig.events.boot(List.of());
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm");
        assertTaken("start alpha");
    }

    @Test
    void whatWasCommittedAndHasNeitherBundleNorFileIsForgotten() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.delete("a.wasm");
        rig.bundles.clear();
        rig.life();
        rig.boot();

        assertEquals(0, rig.committed.plugins().size());
    }

    @Test
    void aFileThatWasDamagedWhileTheHostWasDownLeavesToServeWhatCameFromIt() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.write("a.wasm", "");
        rig.life();
        rig.boot();

        assertPlugins("alpha 1.0.0 active a.wasm MODULE_MALFORMED");
        assertTaken("start alpha");
    }

    /** What an earlier life committed, and what came while the host was down. */
    private void downtime(String committed, String newcomer) throws Exception {
        rig.write("z.wasm", committed);
        rig.boot();
        rig.write("a.wasm", newcomer);
        rig.life();
    }

    private void latestFirst() {
        while (rig.latestStep()) {
            // Whoever is late is late.
        }
    }

    @Test
    void whatWasCommittedTakesItsPlaceBeforeWhatCameWhileTheHostWasDown() throws Exception {
        downtime("zulu 1.0.0", "alpha 1.0.0");
        rig.bootUnsettled();
        latestFirst();

        assertTaken("start zulu", "load alpha");
        assertTrue(rig.events.isSettled());
    }

    @Test
    void soDoesWhatHasToBeLoadedAnewForIt() throws Exception {
        downtime("zulu 1.0.0", "alpha 1.0.0");
        rig.steps.stale = true;
        rig.bootUnsettled();
        latestFirst();

        assertTaken("start zulu", "load zulu", "load alpha");
    }

    @Test
    void soDoesWhatWaitsForAnotherThatWasCommitted() throws Exception {
        rig.write("y.wasm", "yankee 1.0.0 zulu");
        downtime("zulu 1.0.0", "alpha 1.0.0");
        rig.boot();

        assertTaken("start zulu", "start yankee", "load alpha");
    }

    @Test
    void aNewcomerThatANewVersionNeedsComesBetweenTheOldAndTheNew() throws Exception {
        downtime("zulu 1.0.0", "alpha 1.0.0");
        rig.write("z.wasm", "zulu 2.0.0 alpha");
        rig.boot();

        assertTaken("start zulu", "load alpha", "load zulu");
    }

    @Test
    void whatWasCommittedAndNeedsANewcomerKeepsNobodyWaiting() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("y.wasm", "yankee 1.0.0");
        rig.write("z.wasm", "zulu 1.0.0 alpha yankee");
        rig.boot();
        rig.committed.end("alpha");
        rig.bundles.values().removeIf(m -> m.name().equals("alpha"));
        rig.life();
        rig.bootUnsettled();
        latestFirst();

        assertPlugins(
                "alpha 1.0.0 active a.wasm",
                "yankee 1.0.0 active y.wasm",
                "zulu 1.0.0 active z.wasm");
    }

    private void bootBeforeTheFolderIsMounted() throws Exception {
        downtime("zulu 1.0.0", "alpha 1.0.0");
        rig.delete("a.wasm");
        rig.delete("z.wasm");
        rig.held = true;
        rig.boot();
        rig.held = false;
    }

    @Test
    void aNewcomerInAFolderThatWasNotMountedWaitsForNobodyWhoseFileIsGone() throws Exception {
        bootBeforeTheFolderIsMounted();
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.settle();

        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
    }

    @Test
    void whatWasCommittedGoesFirstTooWhenTheFolderIsMountedLater() throws Exception {
        bootBeforeTheFolderIsMounted();
        rig.drop("a.wasm", "alpha 1.0.0");
        rig.drop("z.wasm", "zulu 1.0.0");
        rig.settle();

        assertTaken("start zulu", "load alpha");
    }

    @Test
    void nothingIsUnloadedBeforeAllFilesHaveBeenLookedInto() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.write("b.wasm", "alpha 1.0.0");
        rig.life();
        rig.bootUnsettled();
        rig.step();
        rig.remove("a.wasm");
        rig.settle();

        assertPlugins("alpha 1.0.0 active b.wasm");
        assertTaken("start alpha");
    }
}
