package io.trinity.hooks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookComponentTest {
    @TempDir Path home;

    private final FakePlugin guard =
            new FakePlugin("guard", (f, a) -> new Answer.Value<>(new byte[] {2}));
    private HookComponent hooks;

    @BeforeEach
    void start() {
        hooks = new HookComponent(new Home(home), FakePolicy::new, Map.of());
    }

    @AfterEach
    void stop() {
        hooks.deactivate();
    }

    private byte[] fire() {
        return hooks.fire("mask", new byte[] {1}, Long.MAX_VALUE, HookTrace.NONE);
    }

    @Test
    void whatAPluginThatIsGoneRequiredIsMissedAfterARestartUntilItIsForgotten() {
        hooks.bindPlugin(guard, Map.of(Plugin.HOOKS_DECLARED, new String[] {"custom/mask@500!"}));
        assertArrayEquals(new byte[] {2}, fire());
        hooks.unbindPlugin(guard);
        stop();
        start();
        assertEquals(
                ErrorCode.HOOK_REQUIRED, assertThrows(PluginException.class, this::fire).code());
        hooks.forget("guard");
        assertArrayEquals(new byte[] {1}, fire());
        stop();
        start();
        assertArrayEquals(new byte[] {1}, fire());
    }

    @Test
    void aHookThatANewVersionHasNoLongerIsMissedAlsoAfterARestartUntilItIsForgotten() {
        hooks.bindPlugin(guard, Map.of(Plugin.HOOKS_DECLARED, new String[] {"custom/mask@500!"}));
        hooks.updatedPlugin(guard, Map.of(Plugin.HOOKS_DECLARED, new String[] {"on_error@500"}));
        PluginException missed = assertThrows(PluginException.class, this::fire);
        assertEquals(ErrorCode.HOOK_REQUIRED, missed.code());
        assertTrue(missed.getMessage().contains("hook:forget guard"), missed::getMessage);
        hooks.unbindPlugin(guard);
        stop();
        start();
        hooks.bindPlugin(guard, Map.of());
        assertThrows(PluginException.class, this::fire);
        hooks.forget("guard");
        assertArrayEquals(new byte[] {1}, fire());
        // It is there again, and required as before.
        hooks.updatedPlugin(
                guard, Map.of(Plugin.HOOKS_DECLARED, new String[] {"custom/mask@500!"}));
        assertArrayEquals(new byte[] {2}, fire());
        // The author may take back what he asked for, as long as the hook is there.
        hooks.updatedPlugin(guard, Map.of(Plugin.HOOKS_DECLARED, new String[] {"custom/mask@500"}));
        hooks.updatedPlugin(guard, Map.of());
        assertArrayEquals(new byte[] {1}, fire());
    }

    @Test
    void whoForgetsALostHookForgetsNoneThatThePluginStillRequires() {
        String[] both = {"custom/mask@500!", "custom/seal@500!"};
        hooks.bindPlugin(guard, Map.of(Plugin.HOOKS_DECLARED, both));
        hooks.updatedPlugin(
                guard, Map.of(Plugin.HOOKS_DECLARED, new String[] {"custom/mask@500!"}));
        hooks.forget("guard");
        hooks.unbindPlugin(guard);
        stop();
        start();
        assertEquals(
                ErrorCode.HOOK_REQUIRED, assertThrows(PluginException.class, this::fire).code());
    }
}
