package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one may rely on of the files in conf/. */
class ConfigurationTest {
    private static Host host;
    private static Path conf;

    @BeforeAll
    static void start() throws Exception {
        host = Host.fresh();
        host.conf("plugin-first", "# mine\nplugin = tokenizer\n");
        host.conf("plugin-later", "# mine\nconfig.own = ^\\d ${x} Größe\n");
        host.start();
        conf = host.path("conf");
        host.sample("tokenizer");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static void awaitConfig(String text) {
        Await.until(text, () -> host.exec("trinity:config").contains(text));
    }

    @Test
    void aValueIsWhatStandsThereAndItsPlaceIsTold() throws Exception {
        String shown = host.exec("trinity:config plugin-later");
        assertTrue(shown.contains("^\\d ${x} Größe  conf/io.trinity.plugin-later.cfg:2"), shown);
        assertTrue(host.exec("trinity:config limits").contains("default"));
    }

    @Test
    void aGrantWritesTheFileInEffectAndKeepsEveryOtherLineAndItsMode() throws Exception {
        Path file = conf.resolve("io.trinity.plugin-first.cfg");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        String before = Files.readString(file);
        assertEquals(0, host.tryExec("plugin:revoke tokenizer vsa_ops").code());
        assertEquals(before + "deny = vsa_ops\n", Files.readString(file));
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.exists(conf.resolve("io.trinity.plugin-tokenizer.cfg")));
    }

    @Test
    void aFileThatNobodyTakesAndAKeyThatNobodyKnowsAreToldByName() throws Exception {
        host.conf("limts", "fuel = 1\n");
        host.conf("registry", "maxPlugins = 32\nmaxPlugin = 1\n");
        host.put("conf/limits.cfg", "fuel = 1\n");
        awaitConfig(
                "conf/limits.cfg: no part of the host takes it; did you mean io.trinity.limits");
        Files.delete(host.path("conf/limits.cfg"));
        awaitConfig("conf/io.trinity.limts.cfg: no part of the host takes it");
        awaitConfig("conf/io.trinity.registry.cfg:2: maxPlugin: no known key");
        host.awaitLog("did you mean io.trinity.limits.cfg?");
        host.awaitLog("did you mean maxPlugins?");
    }

    @Test
    void whatIsNotUtf8IsToldByItsLineAndTheLastGoodFileStays() throws Exception {
        host.conf("files", "maxDepth = 7\n");
        awaitConfig("conf/io.trinity.files.cfg:1");
        host.put(
                "conf/io.trinity.files.cfg",
                "maxDepth = 9\n# Größe\n".getBytes(StandardCharsets.ISO_8859_1));
        awaitConfig("conf/io.trinity.files.cfg:2: byte 0xf6 is not UTF-8");
        String shown = host.exec("trinity:config files");
        String kept = "(?s).*maxDepth +7 +conf/io[.]trinity[.]files[.]cfg.*";
        assertTrue(shown.matches(kept), shown);
    }

    @Test
    void aSecondFileOfOneConfigurationIsToldAndTakesOverWhenTheFirstGoes() throws Exception {
        host.conf("hooks", "wallMillis = 501\n");
        awaitConfig("501");
        host.put("conf/io.trinity.hooks.config", "wallMillis=I\"502\"\n");
        awaitConfig("conf/io.trinity.hooks.config: it has no effect: io.trinity.hooks.cfg is in");
        Files.delete(conf.resolve("io.trinity.hooks.cfg"));
        awaitConfig("502");
    }

    @Test
    void aPluginsSettingThatItDoesNotDeclareOrOfAnotherTypeIsToldByFileKeyAndPlugin()
            throws Exception {
        host.sample("edges");
        host.put("conf/io.trinity.plugin-edges.config", "config.binry=\"no\"\n");
        awaitConfig(
                "conf/io.trinity.plugin-edges.config:1: config.binry: plugin 'edges' declares no"
                        + " such setting; it has no effect; did you mean config.binary?");
        host.awaitLog("code=CONFIG_INVALID conf/io.trinity.plugin-edges.config: config.binry:");
        host.put("conf/io.trinity.plugin-edges.config", "config.binary=\"maybe\"\n");
        awaitConfig(
                "config.binary: 'maybe' is not true or false, as plugin 'edges' declares it; false"
                        + " by default holds");
    }

    @Test
    void whatDoesNotHoldIsNotShownAsThoughItDid() throws Exception {
        host.conf("engine", "idleMillis = 9876\n");
        awaitConfig("conf/io.trinity.engine.cfg:1");
        host.conf("engine", "idleMillis = soon\ncompileMillis = 1 h\n");
        awaitConfig("'soon'");
        String shown = host.exec("trinity:config engine");
        assertTrue(
                shown.matches("(?s).*idleMillis +9876 .*engine.cfg:1 says 'soon', which.*"), shown);
        assertTrue(
                shown.matches("(?s).*compileMillis +30000 +default; conf/.*says '1 h'.*"), shown);
    }

    @Test
    void whatIsToBeChangedIsNamedByTheFileThatIsInEffect() throws Exception {
        host.put("conf/io.trinity.plugin-words.config", "plugin=\"glossary\"\n");
        awaitConfig("io.trinity.plugin-words.config");
        host.put(
                "plugins/glossary.wasm",
                Files.readAllBytes(Host.distribution().resolve("plugins/glossary/glossary.wasm")));
        String refused = host.tryExec("plugin:load glossary").err();
        assertTrue(refused.contains(" in conf/io.trinity.plugin-words.config"), refused);
        String why = host.exec("plugin:why glossary");
        assertTrue(why.contains(" in conf/io.trinity.plugin-words.config"), why);
        assertFalse(why.contains("io.trinity.plugin-glossary"), why);
        String info = host.exec("plugin:info glossary");
        assertTrue(info.contains("conf/io.trinity.plugin-words.config\n"), info);
    }

    @Test
    void whatDoesNotHoldOfAPluginIsToldWhereOneAsksForThePlugin() throws Exception {
        host.conf("plugin-redact", "memoryBytes = 99\nscope.network = x\ngrants = network\n");
        host.sample("redact");
        Await.until(
                "plugin:why tells it",
                () -> {
                    String why = host.exec("plugin:why redact");
                    return why.contains("plugin-redact.cfg:1: memoryBytes: '99' is not valid")
                            && why.contains(
                                    "plugin-redact.cfg: scope.network: 'x' is not host:port")
                            && why.contains("plugin-redact.cfg: grants names network without");
                });
        String shown = host.exec("trinity:config redact");
        assertTrue(shown.contains("says '99', which does not hold"), shown);
    }

    @Test
    void aSecretIsHidden() throws Exception {
        host.conf("plugin-other", "config.api-token = dontshow\n");
        awaitConfig("(hidden)");
        assertFalse(host.exec("trinity:config --json").contains("dontshow"));
    }
}
