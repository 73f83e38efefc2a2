package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
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
    private static final String ALL = "(objectClass=*)";

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
    public void allPluginsTogetherTakeNoMoreThanTheirTotal() {
        configure("io.trinity.limits", "totalMemoryBytes=4194304");
        load("grow");
        await(
                "the total is in effect",
                () -> service(Sandbox.class, ALL).orElseThrow().memory().limitBytes() == 4 << 20);
        assertEquals("eleven pages fit", "ybc", process("grow", "abc"));
        // How many more depends on the collector; while they are copied they are there twice.
        await("the total is used up", () -> process("grow", "abc").equals("nbc"));
        assertTrue(registry.find("grow").orElseThrow().memoryBytes() < 4 << 20);
        configure("io.trinity.plugin-greedy", "memoryBytes=33554432");
        dropFixture("greedy", "greedy.wasm");
        PluginSnapshot s = awaitError("greedy", ErrorCode.LIMIT_TOTAL_MEMORY);
        assertContains(s.error().orElseThrow().message(), "of the 4 MiB that they may");
        assertContains(
                s.error().orElseThrow().message(),
                "raise totalMemoryBytes in conf/io.trinity.limits.cfg");
        assertEquals("grow serves on", "nbc", process("grow", "abc"));
        configure("io.trinity.limits", "totalMemoryBytes=auto");
        awaitState("greedy", PluginState.ACTIVE);
        assertEquals("ybc", process("grow", "abc"));
        unload("greedy");
        unload("grow");
        assertEquals(0, service(Sandbox.class, ALL).orElseThrow().memory().heldBytes());
    }

    @Test
    public void asManyPluginsAsTheirMemoryHolds() {
        // Two of 16 MiB, and 16 more for the one that is reloaded.
        configure("io.trinity.limits", "totalMemoryBytes=52428800");
        configure("io.trinity.registry", "maxPlugins=auto");
        load("crowd-0");
        load("crowd-1");
        dropFixture("crowd-2", "crowd-2.wasm");
        PluginSnapshot s = awaitError("crowd-2", ErrorCode.LIMIT_PLUGINS);
        assertContains(
                s.error().orElseThrow().message(),
                "2 plugins are loaded; with this one's 16 MiB they might take 48 MiB together");
        configure("io.trinity.plugin-crowd-2", "memoryBytes=1048576");
        awaitState("crowd-2", PluginState.ACTIVE);
        configure("io.trinity.limits", "totalMemoryBytes=auto");
        configure("io.trinity.registry", "maxPlugins=32");
        unload("crowd-0");
        unload("crowd-1");
        unload("crowd-2");
    }

    @Test
    public void whatADependencyUsesIsPaidByWhoeverCallsIt() {
        load("toiler");
        load("asker");
        await("the hooks are there", () -> hooks().list().size() == 2);
        long toilers = fuel("toiler");
        long askers = fuel("asker");
        assertEquals("xa", fire("ask", "x"));
        assertEquals(toilers, fuel("toiler"));
        long paid = fuel("asker") - askers;
        assertTrue("paid " + paid, paid > 3_000_000);
        fire("ask", "x");
        assertEquals("the same in every run", askers + 2 * paid, fuel("asker"));

        // With a limit, the caller ends; the one that it called did nothing wrong.
        configure("io.trinity.plugin-asker", "fuel=1000000");
        await("the caller runs into its limit", () -> fire("ask", "x").equals("x"));
        assertTrue(failures("asker").containsKey(ErrorCode.LIMIT_FUEL));
        configure("io.trinity.registry", "quarantineTraps=1");
        await("the caller is in quarantine", () -> fire("ask", "x").equals("x") && hidden("asker"));
        assertEquals(PluginState.ACTIVE, registry.find("toiler").orElseThrow().state());
        configure("io.trinity.registry", "quarantineTraps=20");
        unload("asker");
        unload("toiler");
    }

    private boolean hidden(String plugin) {
        return registry.find(plugin).orElseThrow().state() == PluginState.ERROR;
    }

    @Test
    public void whoFiresAHookDoesNotPayForThoseWhoListen() {
        configure("io.trinity.hooks", "wallMillis=60000");
        configure("io.trinity.plugin-firer", "cpuMillis=20", "wallMillis=60000");
        configure("io.trinity.plugin-toiler", "cpuMillis=60000", "wallMillis=60000");
        load("toiler");
        load("firer");
        await("the hooks are there", () -> hooks().list().size() == 2);
        await(
                "all of it is in effect",
                () ->
                        service(Policies.class, ALL)
                                                .orElseThrow()
                                                .current()
                                                .limits("firer")
                                                .cpuMillis()
                                        == 20
                                && fire("go", "x").equals("xft"));
        assertEquals("xft", fire("go", "x"));
        assertEquals(Map.of(), failures("firer"));
        unload("firer");
        unload("toiler");
    }

    private HookBus hooks() {
        return service(HookBus.class, ALL).orElseThrow();
    }

    private String fire(String hook, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new String(
                hooks().fire(hook, bytes, Long.MAX_VALUE, HookTrace.NONE), StandardCharsets.UTF_8);
    }

    private long fuel(String plugin) {
        return registry.usage(plugin).orElseThrow().fuel();
    }

    private Map<ErrorCode, Long> failures(String plugin) {
        return registry.usage(plugin).orElseThrow().failuresByCode();
    }

    @Test
    public void metatypeDescribesEveryConfiguration() throws IOException {
        MetaTypeService metatype = awaitService(MetaTypeService.class, "(objectClass=*)");
        Set<String> described = new TreeSet<>();
        Set<String> factories = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (Bundle b : context.getBundles()) {
            // Of a fragment there is none: it has no components.
            if (b.getSymbolicName().startsWith("io.trinity.") && b.getState() == Bundle.ACTIVE) {
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
                        "io.trinity.http",
                        "io.trinity.log",
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
