package io.trinity.shell;

import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.config.Configurations;
import io.trinity.api.home.Home;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.manifest.Manifest.Setting;
import io.trinity.api.manifest.Manifest.SettingType;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.VersionRange;

class PluginInfoTest {
    private static final String PID = "io.trinity.plugin~resize";

    private final FakeRegistry registry =
            Snapshots.registry(
                    Snapshots.in(
                            PluginState.ACTIVE, RESIZE, Optional.empty(), "'lidar' is not there"),
                    Snapshots.busy("geo", 0, 0, 0));
    private final PluginInfo command = new PluginInfo(registry, new Home(Path.of("/h")));

    @BeforeEach
    void everything() {
        command.policies = FakePolicy::new;
        command.grants = new FakeGrants();
        command.hooks = new FakeHookBus();
        registry.dependents.put("resize", List.of("crop", "stitch"));
        registry.candidate(
                Manifests.of(
                        "resize",
                        List.of(new CapabilityNeed(Capability.NETWORK, true, "")),
                        List.of(
                                new Dependency("geo", new VersionRange("[1,2)")),
                                new Dependency("lidar", new VersionRange("3"))),
                        Map.of(
                                "width",
                                new Setting(SettingType.INTEGER, Optional.of("64"), "in pixels"),
                                "unit",
                                new Setting(SettingType.STRING, Optional.empty(), ""))));
    }

    @Test
    void everythingThatIsKnownIsTold() {
        assertEquals(
                """
                name           resize
                version        1.2.0
                type           pipeline_stage
                state          active
                warning        'lidar' is not there
                generation     3
                bundle         57
                hooks          post_chunk at 100, at the same priority as guard
                               custom/shout at 500
                               custom/whisper at 500, disabled
                depends on     geo [1.0.0,2.0.0) (1.0.0 is active)
                               lidar 3.0.0 (is not there)
                needed by      crop
                               stitch
                capabilities   network (high risk) denied: no line grants it
                limits         memoryBytes=16777216 cpuMillis=100 wallMillis=1000 fuel=7\
                 stackBytes=65536 hookDepth=4 hooks=16 dependencies=8 hostCalls=10000 queue=64\
                 initMillis=1000 logLines=100
                memory         1.5 MiB (1572864 bytes), at most 3.0 MiB
                calls          1000, 2 failed (GUEST_TRAP 2), average 12.3 us
                latency        p50 12.3 us, p90 24.7 us, p99 37.0 us, max 49.4 us
                used           fuel 10.0 k, CPU 6.2 ms, in host functions 1.2 ms, 1000 B in, 2.0 KiB out
                file           /h/plugins/resize.wasm
                sha256         %s
                configuration  /h/conf/io.trinity.plugin-resize.cfg (absent: defaults apply)
                setting        config.unit (string, no default)
                               config.width (integer, default 64) in pixels
                """
                        .formatted("ab".repeat(32)),
                command.info("resize"));
    }

    @Test
    void programsGetTheSame() throws IOException {
        Map<String, Object> fields = object(command.info("resize", "--json"));
        assertEquals(List.of("post_chunk"), fields.get("hooks"));
        assertEquals(100, ((Map<?, ?>) fields.get("limits")).get("cpuMillis"));
        assertEquals(List.of("crop", "stitch"), fields.get("dependents"));
        Map<?, ?> geo = (Map<?, ?>) ((List<?>) fields.get("dependencies")).get(0);
        assertEquals("geo", geo.get("name"));
        assertEquals("[1.0.0,2.0.0)", geo.get("range"));
        assertEquals("active", geo.get("state"));
        Map<?, ?> shout = (Map<?, ?>) ((List<?>) fields.get("hooksInEffect")).get(1);
        assertEquals("shout", shout.get("name"));
        assertEquals(500, shout.get("priority"));
        Map<?, ?> network = (Map<?, ?>) ((List<?>) fields.get("capabilities")).get(0);
        assertEquals(false, network.get("granted"));
        Map<?, ?> width = (Map<?, ?>) ((List<?>) fields.get("settings")).get(1);
        assertEquals("config.width", width.get("key"));
        assertEquals("64", width.get("default"));
    }

    @Test
    void whatIsConfiguredIsToldWithItsPlaceAndSecretsAreNot() throws IOException {
        registry.candidate(
                Manifests.of(
                        "resize",
                        List.of(),
                        List.of(),
                        Map.of(
                                "width",
                                new Setting(SettingType.INTEGER, Optional.of("64"), "in pixels"),
                                "key",
                                new Setting(SettingType.STRING, Optional.empty(), "", true))));
        Optional<String> none = Optional.empty();
        command.configurations =
                new FakeConfigurations(
                        "conf/io.trinity.plugin-resize.config",
                        new Configurations.Setting(PID, "cpuMillis", "7", "default", none),
                        new Configurations.Setting(
                                PID, "config.width", "128", "conf/x.config:3", none),
                        new Configurations.Setting(
                                PID, "config.key", "s3", "conf/x.config:4", none));
        String text = command.info("resize");
        assertTrue(text.contains("config.width=128 (integer, default 64, set in conf/x.config:3)"));
        assertTrue(text.contains("config.key=(hidden) (string, no default, set in"), text);
        assertTrue(text.contains("/h/conf/io.trinity.plugin-resize.config (absent"), text);
        Map<?, ?> width =
                (Map<?, ?>)
                        ((List<?>) object(command.info("resize", "--json")).get("settings")).get(1);
        assertEquals("128", width.get("configured"));
        command.configurations = new FakeConfigurations("Config Admin (" + PID + ")");
        assertTrue(command.info("resize").contains("configuration  Config Admin (" + PID + ")\n"));
    }

    @Test
    void aHostWithLessTellsLess() {
        command.policies = null;
        command.grants = null;
        command.hooks = null;
        String text = command.info("resize");
        assertTrue(text.contains("hooks          post_chunk\n"), text);
        assertTrue(!text.contains("limits") && !text.contains("capabilities"), text);
    }
}
