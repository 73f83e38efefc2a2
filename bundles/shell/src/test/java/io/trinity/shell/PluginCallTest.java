package io.trinity.shell;

import static io.trinity.shell.Snapshots.BROKEN;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCallTest {
    @TempDir Path folder;
    private final PluginCall command =
            new PluginCall(Snapshots.registry(RESIZE, BROKEN), new Home(Path.of("/h")));

    @BeforeEach
    void payload() throws IOException {
        Files.writeString(folder.resolve("in.txt"), "hello");
    }

    @Test
    void theChunkCarriesTheFileAndWhatWasAskedFor() throws IOException {
        stage(c -> c);
        String json =
                command.call(
                        folder,
                        "resize",
                        "--payload-file",
                        "in.txt",
                        "--modality",
                        "vision",
                        "--content-type",
                        "image/png",
                        "--json");
        Map<String, Object> chunk = JSON.std.mapFrom(json.substring(1, json.lastIndexOf(']')));
        assertEquals("hello", chunk.get("text"));
        assertEquals("aGVsbG8=", chunk.get("payloadBase64"));
        assertEquals("vision", chunk.get("modality"));
        assertEquals("image/png", chunk.get("contentType"));
        assertEquals("in.txt", chunk.get("stream"));
        assertEquals(true, chunk.get("last"));
    }

    @Test
    void peopleSeeAttributesAndText() {
        stage(
                c ->
                        with(
                                c,
                                "HELLO".getBytes(StandardCharsets.UTF_8),
                                List.of(new Chunk.Attribute("words", "1"))));
        assertEquals(
                """
                chunk 1 of 1: text, text/plain;charset=utf-8, 5 bytes
                  words = 1
                | HELLO
                """,
                command.call(folder, "resize", "--payload-file", "in.txt"));
    }

    @Test
    void bytesThatAreNoTextAreShownAsTheirBeginning() {
        stage(c -> with(c, new byte[] {0, 1, (byte) 0xff}, List.of()));
        String text = command.call(folder, "resize", "--payload-file", "in.txt");
        assertTrue(text.endsWith("3 bytes: 00 01 ff\n"), text);
    }

    @Test
    void whatIsNoChunkIsToldAndNotHandedOver() {
        stage(
                c -> {
                    throw new AssertionError("it is called");
                });
        CommandFailure e =
                assertThrows(
                        CommandFailure.class,
                        () ->
                                command.call(
                                        folder,
                                        "resize",
                                        "--payload-file",
                                        "in.txt",
                                        "--modality",
                                        "Vision"));
        assertEquals(
                "it is no chunk: modality has U+0056 at 0, which is none of a-z 0-9 - . _",
                e.getMessage());
    }

    @Test
    void aTrapIsToldWithItsCode() {
        stage(
                c -> {
                    throw PluginException.of(
                            ErrorCode.GUEST_TRAP,
                            new io.trinity.api.plugin.PluginRef("resize", RESIZE.version()),
                            "unreachable",
                            "");
                });
        refused("GUEST_TRAP: plugin 'resize' 1.2.0: unreachable", "resize", "in.txt");
    }

    @Test
    void whatCannotBeCalledIsToldWhy() throws IOException {
        stage(c -> c);
        refused("NOT_FOUND: there is no plugin 'x'; there are: broken, resize", "x", "in.txt");
        refused(
                "NOT_ACTIVE: plugin 'broken' is error and serves no calls; CAPABILITY_DENIED:"
                        + " plugin 'broken': \"network\" is not granted",
                "broken",
                "in.txt");
        refused("NOT_FOUND: there is no file " + folder.resolve("no.txt"), "resize", "no.txt");
        Files.write(folder.resolve("big"), new byte[Chunk.MAX_PAYLOAD_BYTES + 1]);
        refused(
                folder.resolve("big")
                        + " has 65537 bytes; plugin:call sends one chunk of at most 65536",
                "resize",
                "big");
    }

    @Test
    void aPluginThatHasHooksOnlyIsToldToBeNoStage() {
        PluginSnapshot r = RESIZE;
        PluginSnapshot hooks =
                new PluginSnapshot(
                        r.name(),
                        r.version(),
                        Optional.empty(),
                        r.state(),
                        r.generation(),
                        r.bundleId(),
                        r.file(),
                        r.digest(),
                        r.memoryBytes(),
                        r.calls(),
                        r.failures(),
                        r.averageCallMicros(),
                        Optional.empty(),
                        List.of("pre_chunk"),
                        false,
                        List.of());
        CommandFailure e =
                assertThrows(
                        CommandFailure.class,
                        () ->
                                new PluginCall(Snapshots.registry(hooks), new Home(Path.of("/h")))
                                        .call(folder, "resize", "--payload-file", "in.txt"));
        assertEquals(
                "plugin 'resize' has hooks only; plugin:call runs plugins of type pipeline_stage",
                e.getMessage());
    }

    private void refused(String message, String plugin, String file) {
        CommandFailure e =
                assertThrows(
                        CommandFailure.class,
                        () -> command.call(folder, plugin, "--payload-file", file));
        assertEquals(message, e.getMessage());
    }

    private static Chunk with(Chunk c, byte[] payload, List<Chunk.Attribute> attributes) {
        return new Chunk(
                payload, c.contentType(), c.modality(), c.stream(), attributes, 0, 0, true);
    }

    private void stage(UnaryOperator<Chunk> work) {
        command.stages =
                List.of(
                        new PipelineStage() {
                            @Override
                            public String name() {
                                return "resize";
                            }

                            @Override
                            public int batch() {
                                return 1;
                            }

                            @Override
                            public Answer<List<Chunk>> process(List<Chunk> chunks) {
                                return new Answer.Value<>(List.of(work.apply(chunks.get(0))));
                            }
                        });
    }
}
