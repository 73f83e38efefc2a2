package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service stays, says what is wrong with the file, deletes nothing, and tries again. */
class UnusableFileTest {
    @TempDir Path home;
    private Path file;

    @BeforeEach
    void makeOne() throws Exception {
        file = home.resolve("data/storage/host.mv.db");
        HostStorage storage = new HostStorage(file, Map.of());
        byte[] value = new byte[3000];
        new Random(2).nextBytes(value);
        for (int i = 0; i < 20; i++) {
            storage.put("k" + i, value);
        }
        storage.deactivate();
    }

    private void with(Consumer<HostStorage> story) {
        HostStorage storage = new HostStorage(file, Map.of());
        try {
            story.accept(storage);
        } finally {
            storage.deactivate();
        }
    }

    private void assertAllFail(HostStorage storage, String... words) {
        List<Supplier<Object>> calls =
                List.of(
                        () -> storage.get("k1"),
                        () -> storage.put("k1", new byte[1]),
                        () -> storage.erase("k1"),
                        () -> storage.keys("", "", 9),
                        () -> storage.flush());
        for (Supplier<Object> call : calls) {
            PluginException e = assertThrows(PluginException.class, call::get);
            assertEquals(ErrorCode.STORE_FAILED, e.code());
            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            for (String word : words) {
                assertTrue(e.getMessage().contains(word), e.getMessage());
            }
        }
    }

    private static void assertServes(HostStorage storage) {
        storage.put("k1", new byte[] {7});
        storage.get("k1");
    }

    @Test
    void aFileThatIsNoStoreIsLeftAsItIsAndServedOnceItIsMended() throws Exception {
        byte[] sound = Files.readAllBytes(file);
        byte[] garbage = "these are not the bytes of a store\n".repeat(500).getBytes();
        Files.write(file, garbage);
        with(
                storage -> {
                    assertAllFail(storage, "backup", "nothing was deleted");
                    assertArrayEquals(garbage, read());
                    write(sound);
                    assertServes(storage);
                });
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileWhoseHeadIsDamagedIsNotTakenForAnEmptyOne() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
        with(storage -> assertAllFail(storage, "move the file away"));
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void aFileThatIsInUseIsServedOnceItIsFree() {
        MVStore other = MVStore.open(file.toString());
        with(
                storage -> {
                    assertAllFail(storage, "stop the other program");
                    other.close();
                    assertServes(storage);
                });
    }

    @Test
    void aFolderThatCannotBeMadeIsToldAndServedOnceItCan() throws Exception {
        file = home.resolve("taken/storage/host.mv.db");
        Path inTheWay = home.resolve("taken");
        Files.writeString(inTheWay, "a file where a folder belongs");
        with(
                storage -> {
                    assertAllFail(storage, "check who may write there");
                    try {
                        Files.delete(inTheWay);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    assertServes(storage);
                });
    }

    @Test
    void aFileOfALaterFormatIsNotTouched() throws Exception {
        try (MVStore store = MVStore.open(file.toString())) {
            store.setStoreVersion(2);
        }
        byte[] bytes = Files.readAllBytes(file);
        with(storage -> assertAllFail(storage, "format 2"));
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }
}
