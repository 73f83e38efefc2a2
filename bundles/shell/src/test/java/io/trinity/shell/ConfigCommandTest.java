package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.config.Configurations.Setting;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.SettingType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigCommandTest {
    private static final String PID = "io.trinity.plugin~resize";

    private final ConfigCommand command = new ConfigCommand();

    @Test
    void completionOffersThePids() {
        assertEquals(List.of(), command.pids());
        command.configurations =
                new FakeConfigurations(
                        "conf/a.cfg",
                        new Setting("io.trinity.a", "x", "1", "default"),
                        new Setting("io.trinity.a", "y", "1", "default"),
                        new Setting("io.trinity.b", "x", "1", "default"));
        assertEquals(List.of("io.trinity.a", "io.trinity.b"), command.pids());
    }

    @Test
    void whatAManifestCallsASecretIsShownToNobodyAlsoWhereItDoesNotHold() {
        FakeRegistry registry = Snapshots.registry(Snapshots.RESIZE);
        registry.candidate(
                Manifests.of(
                        "resize",
                        List.of(),
                        List.of(),
                        Map.of(
                                "pin",
                                new Manifest.Setting(
                                        SettingType.INTEGER, Optional.empty(), "", true))));
        command.registry = registry;
        command.configurations =
                new FakeConfigurations(
                        "conf/a.cfg",
                        new Setting(PID, "config.pin", "4711", "conf/a.cfg:1"),
                        new Setting(
                                PID,
                                "config.pin",
                                "",
                                "",
                                Optional.of("conf/a.cfg:1 says 'hush\n4711'")),
                        new Setting(PID, "config.size", "640", "conf/a.cfg:2"));
        for (String shown : List.of(command.config(), command.config("--json"))) {
            assertFalse(shown.contains("4711") || shown.contains("hush"), shown);
            assertTrue(shown.contains("(hidden)") && shown.contains("640"), shown);
        }
    }

    @Test
    void noValueWritesToTheTerminalWhatItIsNotToRead() {
        command.configurations =
                new FakeConfigurations(
                        "conf/a.cfg",
                        new Setting(
                                PID,
                                "config.a",
                                "\u001b[2J",
                                "conf/a.cfg:1",
                                Optional.of("conf/a.cfg:2 says '\u001b]0;x\u0007'")));
        assertEquals(
                """
                PID                       KEY       VALUE      FROM
                io.trinity.plugin~resize  config.a  \\u{1b}[2J  conf/a.cfg:1; conf/a.cfg:2 says '\\u{1b}]0;x\\u{7}', which does not hold
                """,
                command.config("plugin-resize"));
    }

    @Test
    void aPluginsConfigurationIsFoundByItsNameToo() {
        command.configurations =
                new FakeConfigurations(
                        "conf/a.cfg",
                        new Setting("io.trinity.plugin~resize", "fuel", "9", "conf/a.cfg:1"));
        assertEquals(command.config("plugin-resize"), command.config("resize"));
    }

    @Test
    void whatIsNotConfiguredIsToldByItsWholeName() {
        command.configurations = new FakeConfigurations("conf/a.cfg");
        Failures.fails(
                "nothing is configured as 'io.trinity.htp'",
                () -> command.config("conf/io.trinity.htp.cfg"));
    }
}
