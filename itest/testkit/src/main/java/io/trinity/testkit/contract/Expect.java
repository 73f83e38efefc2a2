package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What the suites expect of answers. */
public final class Expect {
    private Expect() {}

    /** The value of an answer that is one. */
    public static <T extends @Nullable Object> T value(Answer<T> answer) {
        return ((Answer.Value<T>) assertInstanceOf(Answer.Value.class, answer)).value();
    }

    /** A refusal with these words. */
    public static void refusal(String words, Answer<?> answer) {
        assertEquals(words, ((Answer.Refusal<?>) answer).text());
    }

    /**
     * An answer that only the caller can see to be nonsense: GUEST_ABI, and the plugin is told of
     * it.
     *
     * @param words all of them in the message
     */
    public static void misbehaves(
            ScriptedPlugin plugin, String function, Executable call, String... words) {
        int before = plugin.reports().size();
        PluginException e = guestAbi(plugin, call, words);
        List<ScriptedPlugin.Report> reports = plugin.reports();
        assertEquals(
                List.of(new ScriptedPlugin.Report(function, e)),
                reports.subList(before, reports.size()));
    }

    /** An answer that fails the call itself: GUEST_ABI with this detail, and nobody is told. */
    static void notAllowed(ScriptedPlugin plugin, Executable call, String detail) {
        int before = plugin.reports().size();
        assertEquals(detail, guestAbi(plugin, call).detail());
        assertEquals(before, plugin.reports().size());
    }

    /** It names the plugin with its version, says what is wrong, and has a remedy. */
    private static PluginException guestAbi(
            ScriptedPlugin plugin, Executable call, String... words) {
        PluginException e = assertThrows(PluginException.class, call);
        assertEquals(ErrorCode.GUEST_ABI, e.code());
        assertTrue(
                e.getMessage().startsWith("plugin '" + plugin.name() + "' 1.2.3: "),
                e.getMessage());
        for (String word : words) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
        assertTrue(e.remedy().length() > 10, e.getMessage());
        return e;
    }

    /** What a plugin refuses and what its call throws reach the caller as they are. */
    static void passesOn(
            ScriptedPlugin plugin,
            String function,
            Function<? super ScriptedPlugin, ? extends Answer<?>> call) {
        refusal(
                "no, not so: naïve 😀",
                call.apply(plugin.refuses(function, "no, not so: naïve 😀")));
        PluginException trap =
                PluginException.of(
                        ErrorCode.GUEST_TRAP, PluginRef.named(plugin.name()), "trapped", "");
        plugin.fails(function, trap);
        assertSame(trap, assertThrows(PluginException.class, () -> call.apply(plugin)));
    }
}
