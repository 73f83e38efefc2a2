package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What a plugin may use up, and that a changed limit holds for the next call without a restart. */
public class LimitsTest extends Scenario {
    private static final Pattern CONFIGURATION_PID =
            Pattern.compile("configuration-pid=\"([^\"]+)\"");

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
    public void whoTrapsAgainAndAgainIsLeftAloneForAWhile() {
        configure(
                "io.trinity.registry",
                "quarantineTraps=3",
                "quarantineMillis=60000",
                "quarantineMaxMillis=60000");
        load("deep");
        await("the third trap is one too many", () -> codeOf("deep", "x") == ErrorCode.QUARANTINED);
        PluginSnapshot s = registry.find("deep").orElseThrow();
        assertEquals(PluginState.ERROR, s.state());
        assertEquals(ErrorCode.QUARANTINED, s.error().orElseThrow().code());
        assertContains(s.error().get().message(), "LIMIT_STACK");
        assertEquals(ErrorCode.QUARANTINED, codeOf("deep", "abc"));

        awaitService(PluginLifecycle.class, "(objectClass=*)").endQuarantine("deep");
        assertEquals("abc", process("deep", "abc"));
        assertEquals(PluginState.ACTIVE, registry.find("deep").orElseThrow().state());
        unload("deep");
        configure("io.trinity.registry", "quarantineTraps=20");
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
    public void metatypeDescribesEveryConfiguration() throws IOException {
        MetaTypeService metatype = awaitService(MetaTypeService.class, "(objectClass=*)");
        Set<String> described = new TreeSet<>();
        Set<String> factories = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (Bundle b : context.getBundles()) {
            if (b.getSymbolicName().startsWith("io.trinity.")) {
                MetaTypeInformation info = metatype.getMetaTypeInformation(b);
                described.addAll(List.of(info.getPids()));
                factories.addAll(List.of(info.getFactoryPids()));
                for (String pid : info.getPids()) {
                    assertDescribed(info.getObjectClassDefinition(pid, null));
                }
                for (String pid : info.getFactoryPids()) {
                    assertDescribed(info.getObjectClassDefinition(pid, null));
                }
                read.addAll(pidsOfComponents(b));
            }
        }
        assertEquals(
                Set.of(
                        "io.trinity.engine",
                        "io.trinity.files",
                        "io.trinity.hooks",
                        "io.trinity.network",
                        "io.trinity.limits",
                        "io.trinity.policy",
                        "io.trinity.registry",
                        "io.trinity.reload",
                        "io.trinity.storage",
                        "io.trinity.streams",
                        "io.trinity.telemetry"),
                described);
        assertEquals(Set.of("io.trinity.pipeline", "io.trinity.plugin"), factories);
        described.addAll(factories);
        assertTrue(read + " in " + described, described.containsAll(read));
        assertTrue(read.toString(), read.size() > 6);
    }

    private static void assertDescribed(ObjectClassDefinition definition) {
        assertFalse(definition.getID(), definition.getDescription().isBlank());
        for (AttributeDefinition a :
                definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
            assertFalse(definition.getID() + " " + a.getID(), a.getDescription().isBlank());
        }
    }

    /** What its components are configured by, from their descriptions. */
    private static Set<String> pidsOfComponents(Bundle bundle) throws IOException {
        Set<String> pids = new TreeSet<>();
        Enumeration<URL> files = bundle.findEntries("OSGI-INF", "*.xml", false);
        while (files != null && files.hasMoreElements()) {
            try (InputStream in = files.nextElement().openStream()) {
                String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Matcher m = CONFIGURATION_PID.matcher(xml);
                while (m.find()) {
                    pids.addAll(List.of(m.group(1).split(" ")));
                }
            }
        }
        return pids;
    }
}
