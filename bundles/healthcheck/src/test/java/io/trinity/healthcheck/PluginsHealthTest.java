package io.trinity.healthcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Version;

class PluginsHealthTest {
    private static final Fault FAULT =
            Fault.of(
                    PluginException.of(
                            ErrorCode.CAPABILITY_DENIED,
                            PluginRef.named("resize"),
                            "network is not granted",
                            "set grants=network in conf/io.trinity.plugin-resize.cfg"));

    private static PluginSnapshot plugin(
            String name, PluginState state, Fault fault, boolean disabled, String... warnings) {
        return new PluginSnapshot(
                name,
                new Version("1.2.0"),
                Optional.empty(),
                state,
                1,
                17,
                name + ".wasm",
                "",
                0,
                0,
                0,
                0,
                Optional.ofNullable(fault),
                List.of(),
                disabled,
                List.of(warnings));
    }

    private static PluginSnapshot in(PluginState state) {
        return plugin("resize", state, null, false);
    }

    private static Result health(PluginSnapshot... plugins) {
        return PluginsHealth.of(List.of(plugins), true);
    }

    private static String text(Result result) {
        return StreamSupport.stream(result.spliterator(), false)
                .map(ResultLog.Entry::getMessage)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void noPluginsAreNoTrouble() {
        assertEquals(Status.OK, health().getStatus());
        assertEquals("there are no plugins", text(health()));
    }

    @ParameterizedTest
    @EnumSource(
            value = PluginState.class,
            names = {"ACTIVE", "PAUSED", "RELOADING"})
    void whatServesOrIsPausedIsFine(PluginState state) {
        assertEquals(Status.OK, health(in(state)).getStatus());
    }

    @Test
    void unloadedByCommandIsFineAndUnloadedOtherwiseIsAWarningWithItsRemedy() {
        assertEquals(
                Status.OK, health(plugin("resize", PluginState.UNLOADED, null, true)).getStatus());
        Result stopped = health(in(PluginState.UNLOADED));
        assertEquals(Status.WARN, stopped.getStatus());
        assertTrue(text(stopped).contains("plugin:load resize"), text(stopped));
    }

    @Test
    void aWarningOfAPluginIsAWarningWordForWord() {
        Result r = health(plugin("resize", PluginState.ACTIVE, null, false, "odd {} {} thing"));
        assertEquals(Status.WARN, r.getStatus());
        assertTrue(text(r).contains("plugin 'resize' 1.2.0: odd {} {} thing"), text(r));
    }

    @Test
    void anErrorBesideAServingGenerationIsAWarningThatNamesCodeAndRemedy() {
        Result r = health(plugin("resize", PluginState.ACTIVE, FAULT, false));
        assertEquals(Status.WARN, r.getStatus());
        assertTrue(text(r).contains("CAPABILITY_DENIED"), text(r));
        assertTrue(text(r).contains("set grants=network in conf/"), text(r));
    }

    @Test
    void aPluginInErrorIsCriticalWithPluginCodeAndRemedy() {
        Result r = health(in(PluginState.ACTIVE), plugin("b", PluginState.ERROR, FAULT, false));
        assertEquals(Status.CRITICAL, r.getStatus());
        assertTrue(text(r).contains("plugin 'b' 1.2.0"), text(r));
        assertTrue(text(r).contains("CAPABILITY_DENIED"), text(r));
        assertTrue(text(r).contains("set grants=network in conf/"), text(r));
    }

    @ParameterizedTest
    @EnumSource(
            value = PluginState.class,
            names = {"LOADING", "DRAINING"})
    void whatIsOnItsWayIsTemporarilyUnavailable(PluginState state) {
        assertEquals(Status.TEMPORARILY_UNAVAILABLE, health(in(state)).getStatus());
    }

    @Test
    void whileFilesAreBeingDealtWithItIsTemporarilyUnavailableUnlessAPluginIsInError() {
        PluginSnapshot error = plugin("b", PluginState.ERROR, FAULT, false);
        assertEquals(
                Status.TEMPORARILY_UNAVAILABLE, PluginsHealth.of(List.of(), false).getStatus());
        assertEquals(
                Status.TEMPORARILY_UNAVAILABLE,
                PluginsHealth.of(List.of(in(PluginState.ACTIVE)), false).getStatus());
        assertEquals(Status.CRITICAL, PluginsHealth.of(List.of(error), false).getStatus());
    }

    @ParameterizedTest
    @EnumSource(PluginState.class)
    void everyStateHasAnAnswerThatNamesThePlugin(PluginState state) {
        assertTrue(text(health(in(state))).contains("plugin 'resize' 1.2.0"));
    }
}
