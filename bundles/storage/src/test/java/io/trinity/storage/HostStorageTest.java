package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.storage.StorageBackend;
import io.trinity.testkit.contract.Expect;
import io.trinity.testkit.contract.StorageBackendContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostStorageTest extends StorageBackendContract {
    @TempDir Path home;
    private Path file;
    private HostStorage storage;

    @BeforeEach
    void open() {
        file = home.resolve("data/storage/host.mv.db");
        storage = new HostStorage(file, Map.of());
    }

    @AfterEach
    void close() {
        storage.deactivate();
    }

    @Override
    protected StorageBackend backend() {
        return storage;
    }

    @Override
    protected String expectedName() {
        return "host";
    }

    @Test
    void whatWasStoredIsThereAfterARestart() {
        storage.put("kept", new byte[] {1});
        storage.put("erased", new byte[] {2});
        storage.erase("erased");
        storage.deactivate();
        open();
        assertEquals(List.of("kept"), Expect.value(storage.keys("", "", 9)).keys());
        assertArrayEquals(new byte[] {1}, Expect.value(storage.get("kept")).orElseThrow());
    }

    @Test
    void anInterruptedCallerIsServedStaysInterruptedAndHarmsNobody() {
        Thread.currentThread().interrupt();
        storage.put("a", new byte[] {1});
        assertTrue(Thread.currentThread().isInterrupted());
        assertTrue(Expect.value(storage.get("a")).isPresent());
        storage.flush();
        assertTrue(Thread.interrupted());
        storage.put("b", new byte[] {1});
        storage.deactivate();
        open();
        assertEquals(List.of("a", "b"), Expect.value(storage.keys("", "", 9)).keys());
    }

    @Test
    void afterItsEndEachCallSaysSo() {
        storage.deactivate();
        PluginException e = assertThrows(PluginException.class, () -> storage.get("a"));
        assertEquals(ErrorCode.STORE_FAILED, e.code());
        assertTrue(e.getMessage().contains("is being stopped"), e.getMessage());
        storage.deactivate();
    }

    @Test
    void aWrongConfigurationValueLeavesItUp() {
        storage.modified(Map.of("cacheMebibytes", "much", "closeMillis", "-1"));
        assertEquals(Optional.empty(), Expect.value(storage.get("a")));
    }
}
