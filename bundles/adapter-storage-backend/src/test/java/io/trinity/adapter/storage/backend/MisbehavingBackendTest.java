package io.trinity.adapter.storage.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.storage.StorageBackend;
import io.trinity.testkit.contract.Expect;
import io.trinity.testkit.contract.ScriptedPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MisbehavingBackendTest {
    private final ScriptedPlugin plugin =
            new ScriptedPlugin(ExtensionType.STORAGE_BACKEND, "a-store");
    private final StorageBackend backend = new BackendPlugin(plugin);

    @Test
    void aPageOfMoreKeysThanAskedForIsThePluginsFault() {
        misbehaves("3 keys where 2 may be", "", "", 2, "", "a", "b", "c");
        page("", "", 3, "", "a", "b", "c");
    }

    @Test
    void aKeyWithoutThePrefixIsThePluginsFault() {
        misbehaves("key 2 one without the prefix", "a/", "", 9, "", "a/1", "b");
        misbehaves("key 1 one without the prefix", "a/", "", 9, "", "a");
    }

    @Test
    void keysThatDoNotAscendByTheirBytesAreThePluginsFault() {
        misbehaves("key 2 one that is not greater", "", "", 9, "", "b", "a");
        misbehaves("key 3 one that is not greater", "", "", 9, "", "a", "b", "b");
        misbehaves("key 2 one that is not greater", "", "", 9, "", "😀", "\uFFFD");
        page("", "", 9, "", "\uFFFD", "😀");
    }

    @Test
    void whatIsNoKeyIsThePluginsFault() {
        misbehaves("key 1 an empty key", "", "", 9, "", "");
        misbehaves("key 2 a key of 1025 bytes exceeds 1024", "", "", 9, "", "a", "k".repeat(1025));
    }

    @Test
    void aPageThatLeadsBackToItselfIsThePluginsFault() {
        misbehaves("never ends", "", "here", 9, "here", "a");
        page("", "here", 9, "there", "a");
        page("", "", 9, "", "a");
    }

    @Test
    void aValueOfMoreThanAMebibyteIsThePluginsFault() {
        byte[] largest = new byte[1 << 20];
        plugin.returns("get", Optional.of(largest));
        assertArrayEquals(largest, Expect.value(backend.get("k")).orElseThrow());
        plugin.returns("get", Optional.of(new byte[(1 << 20) + 1]));
        Expect.misbehaves(plugin, "get", () -> backend.get("k"), "get", "1048577 bytes", "1048576");
    }

    @Test
    void refusalsAndFailuresOfEachFunctionPassThrough() {
        Map<String, Supplier<Answer<?>>> calls =
                Map.of(
                        "get", () -> backend.get("k"),
                        "put", () -> backend.put("k", new byte[1]),
                        "erase", () -> backend.erase("k"),
                        "keys", () -> backend.keys("", "", 1),
                        "flush", () -> backend.flush());
        PluginException trap =
                PluginException.of(ErrorCode.GUEST_TRAP, PluginRef.named("a-store"), "trapped", "");
        calls.forEach(
                (function, call) -> {
                    plugin.refuses(function, "disk on fire");
                    Expect.refusal("disk on fire", call.get());
                    plugin.fails(function, trap);
                    assertSame(trap, assertThrows(PluginException.class, call::get));
                });
    }

    private void misbehaves(
            String words, String prefix, String cursor, int limit, String next, String... keys) {
        plugin.returns("keys", new Object[] {List.of(keys), next});
        Expect.misbehaves(plugin, "keys", () -> backend.keys(prefix, cursor, limit), "keys", words);
    }

    private void page(String prefix, String cursor, int limit, String next, String... keys) {
        plugin.returns("keys", new Object[] {List.of(keys), next});
        assertEquals(
                new StorageBackend.Page(List.of(keys), next),
                Expect.value(backend.keys(prefix, cursor, limit)));
    }
}
