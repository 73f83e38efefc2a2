package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.testkit.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's commands while strangers' files take their time: told by the order of events. */
class CommandsGoFirstTest {
    private static final int HOSTILE = 12;
    private Host host;

    @AfterEach
    void stop() {
        host.close();
    }

    private static byte[] honest(String name) {
        return Stage.named(name, "1.0.0").stamp('h').plugin();
    }

    /** Those of the hostile that have been found out, by the codes of their errors. */
    private Set<String> verdicts() throws Exception {
        Set<String> codes = new HashSet<>();
        for (Object o : JSON.std.listFrom(host.exec("plugin:list --json"))) {
            Map<?, ?> fields = (Map<?, ?>) o;
            if (String.valueOf(fields.get("name")).startsWith("hostile")
                    && "error".equals(fields.get("state"))) {
                codes.add(String.valueOf(fields.get("error")));
            }
        }
        return codes;
    }

    private void answered(String line) throws Exception {
        Said said = host.tryExec(line);
        assertEquals(0, said.code(), () -> line + ": " + said);
        assertEquals(Set.of(), verdicts(), line + " was answered before any of them ended");
    }

    @Test
    void theyAreAnsweredBeforeAnyHostileInitialiserHasEnded() throws Exception {
        host = Host.fresh();
        // Each spins for ten minutes of CPU time if nobody gives it up, and two do so at a time.
        host.conf("limits", "initMillis = 600000\n");
        host.conf("reload", "loads = 2\n");
        host.start();
        host.plugin("first", honest("first"));
        for (int i = 0; i < HOSTILE; i++) {
            String name = "hostile" + (char) ('a' + i);
            host.put(
                    "plugins/" + name + ".wasm",
                    Stage.named(name, "1.0.0").initialize("(loop $l (br $l))").plugin());
        }
        Await.until(
                "one is being initialised",
                () -> List.of("loading").contains(host.plugin("hostilea").get("state")));
        answered("plugin:unload first");
        answered("plugin:load first");
        host.put("plugins/second.wasm", honest("second"));
        answered("plugin:load second");
        answered("plugin:reload second");
        assertEquals("active", host.plugin("first").get("state"));
        // Also of one that is at it itself, or waits for its turn.
        answered("plugin:unload hostilea");
        answered("plugin:unload hostilel");
        assertEquals("unloaded", host.plugin("hostilea").get("state"));
        assertEquals("unloaded", host.plugin("hostilel").get("state"));
        // Other limits are no reason to wait either.
        host.conf("limits", "initMillis = 600001\n");
        answered("plugin:unload second");
        assertTrue(verdicts().isEmpty());
    }
}
