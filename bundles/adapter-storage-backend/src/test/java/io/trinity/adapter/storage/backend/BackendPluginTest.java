package io.trinity.adapter.storage.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.storage.StorageBackend;
import io.trinity.canonical.abi.ResultValue;
import io.trinity.testkit.contract.ScriptedPlugin;
import io.trinity.testkit.contract.StorageBackendContract;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Over a guest that keeps what it is given in a sorted map. */
class BackendPluginTest extends StorageBackendContract {
    private final TreeMap<String, byte[]> kept = new TreeMap<>(BYTE_ORDER);
    private final ScriptedPlugin plugin =
            new ScriptedPlugin(ExtensionType.STORAGE_BACKEND, "a-store")
                    .on("get", a -> ResultValue.ok(Optional.ofNullable(kept.get((String) a[0]))))
                    .on(
                            "put",
                            a -> {
                                kept.put((String) a[0], (byte[]) a[1]);
                                return ResultValue.ok(null);
                            })
                    .on(
                            "erase",
                            a -> {
                                kept.remove((String) a[0]);
                                return ResultValue.ok(null);
                            })
                    .on("keys", a -> keys((String) a[0], (String) a[1], (Long) a[2]))
                    .on("flush", a -> ResultValue.ok(null));
    private final StorageBackend backend = new BackendPlugin(plugin);

    @Override
    protected StorageBackend backend() {
        return backend;
    }

    @Override
    protected String expectedName() {
        return "a-store";
    }

    /** Its cursor is the last key of the page. */
    private ResultValue keys(String prefix, String cursor, long limit) {
        List<String> found =
                kept.keySet().stream()
                        .filter(k -> k.startsWith(prefix))
                        .filter(k -> cursor.isEmpty() || BYTE_ORDER.compare(k, cursor) > 0)
                        .limit(limit)
                        .toList();
        String next = found.size() < limit ? "" : found.get(found.size() - 1);
        return ResultValue.ok(new Object[] {found, next});
    }

    @Test
    void whatTheCallerMayNotAskForNeverReachesThePlugin() {
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> backend.get(""),
                        () -> backend.erase("k".repeat(1025)),
                        () -> backend.put("k", new byte[(1 << 20) + 1]),
                        () -> backend.keys("", "", 1001))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
        assertEquals(List.of(), plugin.calls());
    }
}
