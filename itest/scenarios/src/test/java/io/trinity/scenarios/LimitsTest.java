package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import org.junit.Test;

/** What a plugin may use up, and that a changed limit holds for the next call without a restart. */
public class LimitsTest extends Scenario {
    private void load(String fixture) {
        dropFixture(fixture, fixture + ".wasm");
        awaitState(fixture, PluginState.ACTIVE);
    }

    private void unload(String name) {
        removeFile(name + ".wasm");
        awaitGone(name);
    }

    @Test
    public void anEndlessLoopIsEndedAndTheSameThreadAndPluginGoOn() {
        load("spin");
        assertEquals("abc", process("spin", "abc"));
        assertEquals(ErrorCode.LIMIT_CPU, codeOf("spin", "x"));
        assertEquals("abc", process("spin", "abc"));
        PluginSnapshot s = registry.find("spin").orElseThrow();
        assertEquals(3, s.calls());
        assertEquals(1, s.failures());
        unload("spin");
    }

    @Test
    public void deepRecursionAndEndlessFillsEndWithTheirCode() {
        load("deep");
        assertEquals(ErrorCode.LIMIT_STACK, codeOf("deep", "x"));
        assertEquals("abc", process("deep", "abc"));
        unload("deep");
        load("fill");
        ErrorCode code = codeOf("fill", "x");
        assertTrue(code.name(), code == ErrorCode.LIMIT_CPU || code == ErrorCode.LIMIT_TIME);
        assertEquals("abc", process("fill", "abc"));
        unload("fill");
    }

    @Test
    public void cpuTimeIsConfiguredLive() {
        load("spin");
        configure("io.trinity.plugin-spin", "cpuMillis=7");
        awaitMessage("spin", "7.0 ms");
        configure("io.trinity.plugin-spin", "cpuMillis=nonsense");
        assertEquals("the last good one stays", ErrorCode.LIMIT_CPU, codeOf("spin", "x"));
        awaitMessage("spin", "7.0 ms");
        configure("io.trinity.plugin-spin", "cpuMillis=9");
        awaitMessage("spin", "9.0 ms");
        unload("spin");
    }

    private void awaitMessage(String plugin, String part) {
        await(
                "the limit in the message is " + part,
                () -> {
                    try {
                        process(plugin, "x");
                    } catch (io.trinity.api.plugin.PluginException e) {
                        return e.getMessage().contains(part);
                    }
                    return false;
                });
    }

    @Test
    public void memoryIsConfiguredLiveAndGrowthBeyondItIsRefusedToTheGuest() {
        configure("io.trinity.plugin-grow", "memoryBytes=1000000");
        load("grow");
        assertEquals("a page and ten more fit", "ybc", process("grow", "abc"));
        assertEquals("ten more do not", "nbc", process("grow", "abc"));
        long held = registry.find("grow").orElseThrow().memoryBytes();
        assertTrue(held + " bytes", held <= 1_000_000);
        configure("io.trinity.plugin-grow", "memoryBytes=8000000");
        await("growth goes on", () -> process("grow", "abc").equals("ybc"));
        unload("grow");
    }

    @Test
    public void aPluginThatBeginsWithMoreThanTheLimitIsRefusedAndComesUpWhenItIsRaised() {
        dropFixture("greedy", "greedy.wasm");
        PluginSnapshot s = awaitError("greedy", ErrorCode.LIMIT_MEMORY);
        assertEquals(PluginState.ERROR, s.state());
        assertContains(s.error().orElseThrow().message(), "320 pages");
        assertContains(
                s.error().orElseThrow().message(),
                "raise memoryBytes in conf/io.trinity.plugin-greedy.cfg");
        configure("io.trinity.plugin-greedy", "memoryBytes=33554432");
        awaitState("greedy", PluginState.ACTIVE);
        unload("greedy");
    }

    @Test
    public void metatypeDescribesEveryConfiguration() {
        var metatype =
                service(org.osgi.service.metatype.MetaTypeService.class, "(objectClass=*)")
                        .orElseThrow();
        for (org.osgi.framework.Bundle b : context.getBundles()) {
            if (b.getSymbolicName().equals("io.trinity.sandbox")) {
                var info = metatype.getMetaTypeInformation(b);
                assertEquals(
                        java.util.Set.of("io.trinity.limits", "io.trinity.policy"),
                        java.util.Set.of(info.getPids()));
                assertEquals("io.trinity.plugin", info.getFactoryPids()[0]);
            }
        }
    }
}
