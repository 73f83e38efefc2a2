package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.Before;
import org.junit.Test;

/**
 * Whatever lies in the folder gives one clear error; nothing else stops; mending the file is
 * enough.
 */
public class BadInputTest extends Scenario {
    @Before
    public void aGoodPluginServes() {
        dropFixture("other", "other.wasm");
        awaitState("other", PluginState.ACTIVE);
    }

    /** Drops bad bytes, sees the error under that name, mends the file, sees the plugin serve. */
    private void refusedAndMended(byte[] bytes, String listedAs, ErrorCode code) {
        drop("stamp.wasm", bytes);
        PluginSnapshot s = awaitError(listedAs, code);
        assertEquals(PluginState.ERROR, s.state());
        assertEquals("stamp.wasm", s.file());
        String message = s.error().orElseThrow().message();
        assertTrue(message, message.startsWith("plugin '"));
        assertEquals(
                "one entry",
                1,
                registry.list().stream().filter(p -> p.file().equals("stamp.wasm")).count());
        assertEquals("the other one serves", "obc", process("other", "abc"));
        dropFixture("stamp-1", "stamp.wasm");
        awaitPlugin("stamp", p -> p.state() == PluginState.ACTIVE && p.error().isEmpty());
        if (!listedAs.equals("stamp")) {
            awaitGone(listedAs);
        }
        removeFile("stamp.wasm");
        awaitGone("stamp");
    }

    @Test
    public void whatIsNoModule() {
        refusedAndMended(
                "no wasm".getBytes(StandardCharsets.UTF_8),
                "stamp.wasm",
                ErrorCode.MODULE_MALFORMED);
        refusedAndMended(new byte[0], "stamp.wasm", ErrorCode.MODULE_MALFORMED);
        byte[] whole = fixture("stamp-1");
        refusedAndMended(
                Arrays.copyOf(whole, whole.length - 1), "stamp.wasm", ErrorCode.MODULE_MALFORMED);
        byte[] component = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
        refusedAndMended(component, "stamp.wasm", ErrorCode.MODULE_COMPONENT);
    }

    @Test
    public void whatHasNoOrAWrongManifest() {
        refusedAndMended(fixture("bad-no-manifest"), "stamp.wasm", ErrorCode.MANIFEST_MISSING);
        refusedAndMended(fixture("bad-manifest"), "stamp.wasm", ErrorCode.MANIFEST_INVALID);
    }

    @Test
    public void whatDoesNotLink() {
        refusedAndMended(fixture("bad-import"), "bad-import", ErrorCode.IMPORT_UNKNOWN);
        refusedAndMended(fixture("bad-signature"), "bad-signature", ErrorCode.IMPORT_SIGNATURE);
        refusedAndMended(fixture("bad-no-export"), "bad-no-export", ErrorCode.EXPORT_MISSING);
        refusedAndMended(fixture("stamp-broken"), "stamp", ErrorCode.GUEST_TRAP);
    }

    @Test
    public void aFileOf200Megabytes() throws IOException {
        Path huge = home().resolve("plugins/huge.wasm");
        try (RandomAccessFile f = new RandomAccessFile(huge.toFile(), "rw")) {
            f.setLength(200L << 20);
        }
        PluginSnapshot s = awaitError("huge.wasm", ErrorCode.FILE_TOO_LARGE);
        assertContains(s.error().orElseThrow().message(), "209715200 bytes");
        Files.delete(huge);
        awaitGone("huge.wasm");
    }

    @Test
    public void aDirectoryAndALinkToNothing() throws IOException {
        Path directory = Files.createDirectory(home().resolve("plugins/folder.wasm"));
        Path link =
                Files.createSymbolicLink(
                        home().resolve("plugins/link.wasm"), home().resolve("nothing"));
        awaitError("folder.wasm", ErrorCode.FILE_KIND);
        awaitError("link.wasm", ErrorCode.FILE_UNREADABLE);
        Files.delete(directory);
        Files.delete(link);
        awaitGone("folder.wasm");
        awaitGone("link.wasm");
    }

    @Test
    public void oddFileNames() throws IOException {
        for (String name :
                new String[] {
                    "ümläut plugin (1).wasm", "a b\tc.wasm", "-x.wasm", "X.WASM", "quote'\".wasm"
                }) {
            dropFixture("stamp-1", name);
            awaitPlugin("stamp", p -> p.state() == PluginState.ACTIVE && p.file().equals(name));
            removeFile(name);
            awaitGone("stamp");
        }
    }

    @Test
    public void ofTwoFilesWithOneNameTheHigherVersionServesAndTheOtherIsToldOf() {
        dropFixture("stamp-2", "stamp.wasm");
        awaitState("stamp", PluginState.ACTIVE);
        dropFixture("stamp-1", "copy.wasm");
        PluginSnapshot s = awaitError("copy.wasm", ErrorCode.NAME_TAKEN);
        assertContains(s.error().orElseThrow().message(), "'stamp.wasm'");
        assertContains(s.error().orElseThrow().message(), "'copy.wasm'");
        assertEquals("2bc", process("stamp", "abc"));
        // The file goes: the one that waited takes over, and there is no moment without.
        removeFile("stamp.wasm");
        awaitPlugin("stamp", p -> p.version().getMajor() == 1 && p.state() == PluginState.ACTIVE);
        awaitGone("copy.wasm");
        dropFixture("stamp-2", "newer.wasm");
        awaitPlugin("stamp", p -> p.version().getMajor() == 2 && p.state() == PluginState.ACTIVE);
        awaitError("copy.wasm", ErrorCode.NAME_TAKEN);
        removeFile("copy.wasm");
        awaitGone("copy.wasm");
        removeFile("newer.wasm");
        awaitGone("stamp");
    }
}
