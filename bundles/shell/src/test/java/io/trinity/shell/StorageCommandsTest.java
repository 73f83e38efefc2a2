package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Failures.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCommandsTest {
    @TempDir Path folder;
    private final FakeBackend host = new FakeBackend("host");
    private final FakeBackend vault = new FakeBackend("vault");
    private final StorageNames names = new StorageNames();
    private final StorageList list =
            new StorageList(Snapshots.registry(Snapshots.busy("vault", 0, 0, 0)), names);
    private final StoragePut put = new StoragePut(names, new Home(Path.of("/h")));
    private final StorageGet get = new StorageGet(names, new Home(Path.of("/h")));
    private final StorageKeys keys = new StorageKeys(names);

    @BeforeEach
    void backends() {
        names.host = host;
        names.backends = List.of(vault);
    }

    @Test
    void theHostsOwnComesFirst() throws IOException {
        assertEquals(
                """
                NAME   BY            STATE
                host   host          active
                vault  plugin 1.0.0  active
                """,
                list.list());
        assertEquals(List.of("host", "vault"), names.names());
        assertEquals(
                Map.of("name", "vault", "plugin", "vault", "state", "active"),
                objects(list.list("--json")).get(1));
    }

    @Test
    void aTextIsStoredInTheHostsOwnAndFoundAgain() throws IOException {
        assertEquals("stored 5 bytes under k in host\n", put.put(folder, "k", "hello"));
        assertEquals("hello\n", get.get(folder, "k"));
        assertTrue(vault.values.isEmpty());
        assertEquals(
                Map.of(
                        "backend",
                        "host",
                        "key",
                        "k",
                        "bytes",
                        5,
                        "text",
                        "hello",
                        "valueBase64",
                        "aGVsbG8="),
                object(get.get(folder, "k", "--json")));
    }

    @Test
    void aFileIsStoredInANamedBackendAndWrittenOutAgain() throws IOException {
        byte[] bytes = {0, 1, (byte) 0xff};
        Files.write(folder.resolve("in"), bytes);
        assertEquals(
                Map.of("backend", "vault", "key", "k", "bytes", 3),
                object(put.put(folder, "k", "--file", "in", "--backend", "vault", "--json")));
        assertEquals("3 bytes: 00 01 ff\n", get.get(folder, "k", "--backend", "vault"));
        assertEquals(
                "wrote 3 bytes to " + folder.resolve("out") + "\n",
                get.get(folder, "k", "--backend", "vault", "--file", "out"));
        assertEquals(-1, Files.mismatch(folder.resolve("in"), folder.resolve("out")));
    }

    @Test
    void anEmptyTextIsAValue() {
        assertEquals("stored 0 bytes under k in host\n", put.put(folder, "k", ""));
        assertEquals("\n", get.get(folder, "k"));
    }

    @Test
    void anErasedKeyIsGone() throws IOException {
        put.put(folder, "k", "hello");
        assertEquals("k is not in host any more\n", put.erase("k"));
        fails(
                "NOT_FOUND: storage backend 'host' has no key 'k'; storage:keys shows those that it"
                        + " has",
                () -> get.get(folder, "k"));
        assertEquals(
                Map.of("backend", "vault", "key", "k"),
                object(put.erase("k", "--backend", "vault", "--json")));
    }

    @Test
    void keysAreFoundByPrefixPageByPage() throws IOException {
        assertEquals("no keys in host\n", keys.keys());
        for (int i = 0; i < 2500; i++) {
            host.values.put("a/%04d".formatted(i), new byte[0]);
        }
        host.values.put("b", new byte[0]);
        assertEquals("b\n", keys.keys("b"));
        assertEquals("no keys that begin with c in host\n", keys.keys("c"));
        assertEquals(
                "a/0000\na/0001\nthere are more than 2; -n LIMIT shows more\n",
                keys.keys("a/", "-n", "2"));
        Map<String, Object> all = object(keys.keys("a/", "-n", "2500", "--json"));
        assertEquals(2500, ((List<?>) all.get("keys")).size());
        assertEquals("a/2499", ((List<?>) all.get("keys")).get(2499));
        assertEquals(false, all.get("more"));
        assertEquals(true, object(keys.keys("-n", "2500", "--json")).get("more"));
    }

    @Test
    void aBackendWhosePagesDoNotEndEndsAllTheSame() {
        vault.circle = true;
        assertEquals("x\nx\n", keys.keys("--backend", "vault"));
        assertEquals(
                "x\nthere are more than 1; -n LIMIT shows more\n",
                keys.keys("-n", "1", "--backend", "vault"));
    }

    @Test
    void aBackendThatGivesAKeyAPageHoldsNobodyForLong() {
        vault.endless = true;
        assertEquals(
                "k\nthere are more than 1; -n LIMIT shows more\n",
                new StorageKeys(names, 0).keys("-n", "100000", "--backend", "vault"));
    }

    @Test
    void whatCannotBeStoredIsToldWhy() throws IOException {
        String usage = "either VALUE or --file is needed; usage: " + StoragePut.PUT_USAGE;
        fails(usage, () -> put.put(folder, "k"));
        fails(usage, () -> put.put(folder, "k", "v", "--file", "f"));
        fails(
                "NOT_FOUND: there is no file " + folder.resolve("f"),
                () -> put.put(folder, "k", "--file", "f"));
        Path big = Files.write(folder.resolve("big"), new byte[(1 << 20) + 1]);
        fails(
                big + " has 1048577 bytes; a value has at most 1048576",
                () -> put.put(folder, "k", "--file", "big"));
        fails("an empty key", () -> put.put(folder, "", "v"));
        fails(
                "GUEST_ERROR: storage backend 'host': it refused: \"read only\"",
                () -> put.put(folder, "ro", "v"));
        fails("STORE_FAILED: plugin 'host': disk full", () -> put.put(folder, "full", "v"));
        fails("STORE_FAILED: plugin 'host': disk full", () -> put.erase("full"));
    }

    @Test
    void aFileThatCannotBeWrittenIsTold() {
        put.put(folder, "k", "v");
        CommandFailure e =
                assertThrows(CommandFailure.class, () -> get.get(folder, "k", "--file", "no/out"));
        assertEquals(
                "cannot write %s: there is no directory %s"
                        .formatted(folder.resolve("no/out"), folder.resolve("no")),
                e.getMessage());
    }

    @Test
    void anUnknownBackendIsToldWithThoseThatExist() {
        String message = "NOT_FOUND: there is no storage backend 'x'; there are: host, vault";
        fails(message, () -> put.put(folder, "k", "v", "--backend", "x"));
        fails(message, () -> put.erase("k", "--backend", "x"));
        fails(message, () -> get.get(folder, "k", "--backend", "x"));
        fails(message, () -> keys.keys("--backend", "x"));
    }

    @Test
    void aPluginThatCallsItselfHostStandsInForNothing() {
        FakeBackend forged = new FakeBackend("host");
        forged.values.put("k", new byte[] {'F'});
        host.values.put("k", new byte[] {'T'});
        names.backends = List.of(forged, vault);
        assertEquals("T\n", get.get(folder, "k"));
        assertEquals("T\n", get.get(folder, "k", "--backend", "host"));
        assertEquals(List.of("host", "vault"), names.names());
        names.host = null;
        assertEquals(List.of("vault"), names.names());
        fails(
                "NOT_FOUND: there is no storage backend 'host'; there are: vault",
                () -> get.get(folder, "k"));
    }

    @Test
    void aHostWithoutStorageSaysSo() {
        names.host = null;
        names.backends = List.of();
        fails(
                "NOT_FOUND: there is no storage backend 'host'; none is there; see 'lb"
                        + " io.trinity.storage'",
                () -> get.get(folder, "k"));
        assertTrue(list.list().startsWith("no storage backends"));
    }
}
