package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;

/** What the host does for a plugin: log, config, vsa and streams. */
public class HostFunctionsTest extends Scenario {
    private void load(String fixture) {
        dropFixture(fixture, fixture + ".wasm");
        awaitState(fixture, PluginState.ACTIVE);
    }

    @Test
    public void aVectorTakenOutOfABindingIsItself() {
        load("vsa");
        assertEquals("1bc", process("vsa", "abc"));
        assertEquals("a vector that it does not hold", ErrorCode.GUEST_TRAP, codeOf("vsa", "z"));
        assertEquals("1bc", process("vsa", "abc"));
    }

    @Test
    public void onePluginPushesAChunkAndAnotherPullsIt() {
        load("push");
        load("pull");
        assertEquals("nothing waits", "", process("pull", "-"));
        assertEquals("0bc", process("push", "abc"));
        assertEquals("0bc", process("push", "xbc"));
        assertEquals("both, as they were pushed", "abcxbc", process("pull", "-"));
    }

    @Test
    public void aSettingIsTheManifestsDefaultUntilItIsConfigured() {
        load("words");
        assertEquals("hello", process("words", "any"));
        configure("io.trinity.plugin-words", "config.greeting=good day");
        await("the setting is in effect", () -> process("words", "any").equals("good day"));
    }

    @Test
    public void whatAPluginLogsStandsUnderItsNameOnOneLine() throws IOException {
        load("words");
        process("words", "first\nsecond \u001b[31m line");
        Path log = home().resolve("log/trinity.log");
        String expected = "plugin.words - first\\u{a}second \\u{1b}[31m line";
        await("the line is in the log", () -> contains(log, expected));
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    public void aResultThatLiesIsAbiBreachAndTheNextCallGetsAFreshGuest() {
        load("liar");
        assertEquals(ErrorCode.GUEST_ABI, codeOf("liar", "x"));
        assertEquals("abc", process("liar", "abc"));
    }
}
