package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.stage.PipelineStage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

class LineupTest {
    private final PipelineStage a = FakeStage.same("a");
    private final PipelineStage b = FakeStage.same("b");

    static PluginSnapshot plugin(
            String name,
            PluginState state,
            Optional<ExtensionType> type,
            Optional<ErrorCode> error,
            boolean off) {
        return new PluginSnapshot(
                name,
                Version.emptyVersion,
                type,
                state,
                state == PluginState.ACTIVE || state == PluginState.PAUSED ? 1 : 0,
                7,
                name + ".wasm",
                "",
                0,
                0,
                0,
                0,
                error.map(c -> new Fault(c, "why")),
                List.of(),
                off,
                List.of());
    }

    static PluginSnapshot stage(String name, PluginState state) {
        return plugin(
                name, state, Optional.of(ExtensionType.PIPELINE_STAGE), Optional.empty(), false);
    }

    private static String why(PluginSnapshot plugin) {
        Lineup lineup = Lineup.of(List.of(plugin.name()), List.of(), List.of(plugin));
        assertEquals(List.of(), lineup.services());
        return lineup.told();
    }

    @Test
    void namedStagesArePassedInTheirOrderAndAllOthersNot() {
        Lineup lineup = Lineup.of(List.of("b", "a", "b"), List.of(a, b), List.of());
        assertEquals(List.of(b, a, b), lineup.services());
        assertTrue(lineup.isComplete());
        assertEquals(List.of(b), Lineup.of(List.of("b"), List.of(a, b), List.of()).services());
    }

    @Test
    void aNameThatNobodyHasIsMissingAndSaysWhatToDo() {
        Lineup lineup = Lineup.of(List.of("a", "redcat"), List.of(a, b), List.of());
        assertEquals(List.of("a", "redcat"), lineup.names());
        assertEquals(List.of(a), lineup.services());
        assertEquals(
                "stage 'redcat' does not serve: there is no plugin of that name; put its file into"
                        + " plugins/, or correct stages",
                lineup.told());
    }

    @Test
    void whatNobodyNamedAndDoesNotServeCanBeDoneWithoutAndEachIsTold() {
        Lineup lineup =
                Lineup.of(
                        List.of(),
                        List.of(a),
                        List.of(
                                stage("x", PluginState.PAUSED),
                                plugin(
                                        "y",
                                        PluginState.ERROR,
                                        Optional.of(ExtensionType.PIPELINE_STAGE),
                                        Optional.of(ErrorCode.MODULE_MALFORMED),
                                        false)));
        assertTrue(lineup.told().contains("plugin:unload x lets files pass"), lineup.told());
        assertTrue(lineup.told().contains("plugin:unload y lets files pass"), lineup.told());
    }

    @Test
    void ofOneThatIsKnownItIsSaidWhyItDoesNotServe() {
        assertTrue(why(stage("x", PluginState.PAUSED)).contains("it is paused; plugin:resume x"));
        Optional<ExtensionType> type = Optional.of(ExtensionType.PIPELINE_STAGE);
        assertTrue(
                why(plugin("x", PluginState.UNLOADED, type, Optional.empty(), true))
                        .contains("it was unloaded by command; plugin:load x"));
        assertTrue(
                why(plugin("x", PluginState.ERROR, type, Optional.of(ErrorCode.QUARANTINED), false))
                        .contains("it is in quarantine; plugin:why x"));
        assertTrue(
                why(plugin(
                                "x",
                                PluginState.ERROR,
                                Optional.empty(),
                                Optional.of(ErrorCode.MODULE_MALFORMED),
                                false))
                        .contains("it is in error by MODULE_MALFORMED; plugin:why x"));
        assertTrue(
                why(plugin(
                                "x",
                                PluginState.ACTIVE,
                                Optional.of(ExtensionType.MODALITY_HANDLER),
                                Optional.empty(),
                                false))
                        .contains("it is no pipeline_stage but a modality_handler"));
        assertTrue(
                why(plugin("x", PluginState.ACTIVE, Optional.empty(), Optional.empty(), false))
                        .contains("hooks only; take it out of stages"));
    }

    @Test
    void aPausedOneIsMissingThoughItsServiceIsThere() {
        Lineup lineup = Lineup.of(List.of(), List.of(a), List.of(stage("a", PluginState.PAUSED)));
        assertEquals(List.of(), lineup.services());
        assertEquals(List.of("a"), List.copyOf(lineup.missing().keySet()));
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSED, , false, true",
        "ERROR, CAPABILITY_DENIED, false, true",
        "LOADING, CAPABILITY_DENIED, false, true",
        "DRAINING, , false, true",
        "UNLOADED, , false, true",
        "LOADING, , false, false",
        "UNLOADED, , true, false",
        "DRAINING, , true, false",
    })
    void whereNobodyIsNamedWhatIsInstalledAndNotOffCounts(
            PluginState state, ErrorCode error, boolean off, boolean counts) {
        PluginSnapshot p =
                plugin(
                        "x",
                        state,
                        Optional.of(ExtensionType.PIPELINE_STAGE),
                        Optional.ofNullable(error),
                        off);
        Lineup lineup = Lineup.of(List.of(), List.of(b), List.of(p));
        assertEquals(counts ? List.of("b", "x") : List.of("b"), lineup.names());
        assertEquals(!counts, lineup.isComplete());
    }

    @Test
    void whatIsNoStageOrNobodyKnowsOfDoesNotCountWhereNobodyIsNamed() {
        PluginSnapshot garbage =
                plugin(
                        "garbage",
                        PluginState.ERROR,
                        Optional.empty(),
                        Optional.of(ErrorCode.MODULE_MALFORMED),
                        false);
        PluginSnapshot handler =
                plugin(
                        "lidar",
                        PluginState.PAUSED,
                        Optional.of(ExtensionType.MODALITY_HANDLER),
                        Optional.empty(),
                        false);
        assertEquals(
                List.of("a"), Lineup.of(List.of(), List.of(a), List.of(garbage, handler)).names());
    }
}
