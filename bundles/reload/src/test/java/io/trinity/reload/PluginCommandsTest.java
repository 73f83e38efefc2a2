package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PluginCommandsTest extends ReloadFixture {
    private static ErrorCode refusal(CompletableFuture<PluginSnapshot> answer) {
        assertTrue(answer.isDone());
        Throwable why = assertThrows(ExecutionException.class, answer::get).getCause();
        return ((PluginException) why).code();
    }

    @Test
    void aFileThatIsNoPluginIsSwitchedOffAndOnByItsNameWithAndWithoutItsEnding() throws Exception {
        rig.write("a.wasm", "");
        rig.boot();
        rig.unload("a.wasm");
        rig.settle();
        assertPlugins("a.wasm 0.0.0 unloaded a.wasm off");
        CompletableFuture<PluginSnapshot> answer = rig.load("a");
        rig.settle();

        assertPlugins("a.wasm 0.0.0 error a.wasm MODULE_MALFORMED");
        assertEquals(ErrorCode.MODULE_MALFORMED, refusal(answer));
    }

    @Test
    void aPluginThatIsOffIsSwitchedOnByTheNameOfItsFile() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.unload("alpha");
        rig.settle();
        rig.load("a");
        rig.settle();

        assertPlugins("alpha 1.0.0 active a.wasm");
    }

    @Test
    void whoUnloadsWhatGoesMeanwhileIsToldSo() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        CompletableFuture<PluginSnapshot> answer = rig.unload("alpha");
        rig.remove("a.wasm");
        rig.settle();

        assertEquals(ErrorCode.NOT_FOUND, refusal(answer));
    }
}
