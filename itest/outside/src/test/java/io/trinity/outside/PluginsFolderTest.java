package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one may rely on of plugins/, as people use folders. One host, reached through a link. */
class PluginsFolderTest {
    private static Host host;
    private static Path real;

    @BeforeAll
    static void start() throws Exception {
        Path root = Files.createTempDirectory("trinity-outside");
        Path target = Files.createDirectory(root.resolve("target"));
        Path link = Files.createSymbolicLink(root.resolve("link"), target);
        real = target.resolve("home");
        host = Host.at(link.resolve("home")).start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @AfterEach
    void emptyFolder() throws Exception {
        for (String name : host.names("plugins")) {
            Files.delete(host.path("plugins/" + name));
        }
        Await.until(
                "all are gone", () -> JSON.std.listFrom(host.exec("plugin:list --json")).isEmpty());
    }

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("trinity.fixtures"), name + ".wasm"));
    }

    private static void drop(String fixture, String file) throws IOException {
        host.put("plugins/" + file, fixture(fixture));
    }

    private static void awaitPlugin(String name, String state, String version) {
        Await.until(
                name + " " + version + " is " + state,
                () -> is(host.plugin(name), "state", state, "version", version));
    }

    private static boolean is(Map<String, Object> plugin, String... fields) {
        boolean all = true;
        for (int i = 0; i < fields.length; i += 2) {
            all &= fields[i + 1].equals(String.valueOf(plugin.get(fields[i])));
        }
        return all;
    }

    private static String error(String name) throws Exception {
        return String.valueOf(host.plugin(name).get("error"));
    }

    /** Calls a plugin again and again while something is done. */
    private static final class Caller implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicReference<String> failed = new AtomicReference<>("");
        private final Thread thread;

        Caller(String plugin) throws IOException {
            host.put("payload", "abc");
            thread =
                    new Thread(
                            () -> {
                                while (!over.get()) {
                                    call(plugin);
                                }
                            });
            thread.start();
        }

        private void call(String plugin) {
            try {
                Said said =
                        host.tryExec(
                                "plugin:call "
                                        + plugin
                                        + " --payload-file "
                                        + host.path("payload"));
                calls.incrementAndGet();
                if (said.code() != 0) {
                    failed.set(said.toString());
                }
            } catch (IOException | InterruptedException e) {
                failed.set(e.toString());
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            thread.join();
            assertEquals("", failed.get());
            assertTrue(calls.get() > 0);
        }
    }

    @Test
    void aFileThatIsMovedIsThePluginThatItWasAndNoCallFails() throws Exception {
        drop("stamp-1", "stamp.wasm");
        awaitPlugin("stamp", "active", "1.0.0");
        String generation = String.valueOf(host.plugin("stamp").get("generation"));
        try (Caller caller = new Caller("stamp")) {
            Files.move(host.path("plugins/stamp.wasm"), host.path("plugins/other-name.wasm"));
            Await.until(
                    "it is known by its new file",
                    () -> host.exec("plugin:info stamp").contains("other-name.wasm"));
        }
        assertTrue(is(host.plugin("stamp"), "state", "active", "generation", generation));
    }

    @Test
    void aVersionedFileBesideTheOldOneTakesOverAndTheOldOneMayGo() throws Exception {
        drop("stamp-1", "stamp-1.0.0.wasm");
        awaitPlugin("stamp", "active", "1.0.0");
        try (Caller caller = new Caller("stamp")) {
            drop("stamp-2", "stamp-2.0.0.wasm");
            awaitPlugin("stamp", "active", "2.0.0");
            Await.until(
                    "the old file is told of",
                    () -> error("stamp-1.0.0.wasm").contains("NAME_TAKEN"));
            Files.delete(host.path("plugins/stamp-1.0.0.wasm"));
            Await.until("it is forgotten", () -> host.plugin("stamp-1.0.0.wasm").isEmpty());
        }
        assertTrue(is(host.plugin("stamp"), "state", "active", "version", "2.0.0"));
    }

    @Test
    @Tag("slow")
    void offBelongsToTheNameAndStaysOverFilesUntilLoad() throws Exception {
        drop("stamp-1", "stamp.wasm");
        awaitPlugin("stamp", "active", "1.0.0");
        host.exec("plugin:unload stamp");
        Files.delete(host.path("plugins/stamp.wasm"));
        Await.until("it is gone", () -> host.plugin("stamp").isEmpty());
        drop("stamp-2", "stamp-new.wasm");
        Await.until("it is off", () -> is(host.plugin("stamp"), "disabled", "true"));
        host.stop();
        host.start();
        assertTrue(is(host.plugin("stamp"), "state", "unloaded", "disabled", "true"));
        host.exec("plugin:load stamp");
        assertTrue(is(host.plugin("stamp"), "state", "active", "version", "2.0.0"));
    }

    @Test
    void aFileThatIsRefusedTakesNoNameAndTakesNothingDown() throws Exception {
        drop("stamp-broken", "broken.wasm");
        Await.until("it is refused", () -> is(host.plugin("stamp"), "state", "error"));
        drop("stamp-1", "stamp.wasm");
        awaitPlugin("stamp", "active", "1.0.0");
        Await.until("each has its word", () -> is(host.plugin("broken.wasm"), "state", "error"));
        // A new version under another name, by mistake, that is refused: what served serves on.
        drop("bad-import", "stamp.wasm");
        Await.until("it is told of beside", () -> error("stamp").contains("bad-import"));
        assertTrue(is(host.plugin("stamp"), "state", "active", "version", "1.0.0"));
    }

    @Test
    void aNewVersionOfEqualSizeAndTimeAndASwitchedLinkAreSeen() throws Exception {
        byte[] one = fixture("stamp-1");
        byte[] two = fixture("stamp-2");
        assertEquals(one.length, two.length);
        FileTime then = FileTime.fromMillis(1_500_000_000_000L);
        Path plugin = host.path("plugins/stamp.wasm");
        Files.setLastModifiedTime(Files.write(plugin, one), then);
        awaitPlugin("stamp", "active", "1.0.0");
        Path same = Files.setLastModifiedTime(Files.write(host.path("two.bin"), two), then);
        Files.move(same, plugin, StandardCopyOption.REPLACE_EXISTING);
        awaitPlugin("stamp", "active", "2.0.0");
        Path old = Files.setLastModifiedTime(Files.write(host.path("one.bin"), one), then);
        Path link = Files.createSymbolicLink(host.path("plugins/.link"), old);
        Files.move(link, plugin, StandardCopyOption.REPLACE_EXISTING);
        awaitPlugin("stamp", "active", "1.0.0");
    }

    @Test
    @Tag("slow")
    void aFolderThatIsNotThereCostsNothing() throws Exception {
        drop("stamp-1", "STAMP.WASM");
        awaitPlugin("stamp", "active", "1.0.0");
        String generation = String.valueOf(host.plugin("stamp").get("generation"));
        Path away = real.resolve("away");
        Files.move(real.resolve("plugins"), away);
        host.awaitLog("plugins is not there; nothing is");
        assertTrue(is(host.plugin("stamp"), "state", "active"));
        host.stop();
        host.start();
        assertEquals(Map.of(), host.plugin("stamp"));
        host.awaitLog("plugins is empty; nothing is unloaded");
        Files.delete(real.resolve("plugins"));
        Files.move(away, real.resolve("plugins"));
        awaitPlugin("stamp", "active", "1.0.0");
        assertTrue(is(host.plugin("stamp"), "generation", generation), "nothing was compiled");
    }

    @Test
    void whatLiesThereInVainIsToldOfInOneWord() throws Exception {
        Files.createDirectory(host.path("plugins/folder"));
        drop("stamp-1", "stamp.wasm.part");
        Await.until(
                "both are told of",
                () ->
                        host.log().contains("file=folder is no plugin and is left alone: it is a")
                                && host.log().contains("file=stamp.wasm.part is no plugin and is"));
        assertEquals(Map.of(), host.plugin("stamp"));
    }
}
