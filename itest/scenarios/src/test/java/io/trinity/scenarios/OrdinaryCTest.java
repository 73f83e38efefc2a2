package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Grants;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.Test;

/**
 * A plugin in ordinary C, with libc: it opens files where it was granted a directory, and prints
 * into its log.
 */
public class OrdinaryCTest extends Scenario {
    private static final String NAME = "glossary";
    private static final String DENIED = "glossary 'glossary/terms.tsv': Capabilities insufficient";

    @Test
    public void aFileIsOpenedAsFarAndAsLongAsItIsGranted() throws IOException {
        byte[] wasm = Files.readAllBytes(sample("glossary.wasm"));
        String digest = sha256(wasm);
        Path file = Files.createDirectories(home().resolve("glossary")).resolve("terms.tsv");
        Files.copy(sample("terms.tsv"), file);

        // Without a grant it is not loaded, and told is what it wants and the line that would give
        // it.
        drop("glossary.wasm", wasm);
        PluginSnapshot refused = awaitState(NAME, PluginState.ERROR);
        assertEquals(ErrorCode.CAPABILITY_DENIED, refused.error().orElseThrow().code());
        String line = grants().verdict(NAME, digest, Capability.FILE_READ).grantLine();
        assertContains(line, "grants=file_read@" + digest);
        assertContains(refused.error().orElseThrow().message(), line);
        awaitLog(line);

        // Granted, but no directory: the stream fails with libc's own words, and the guest lives
        // on.
        configure("io.trinity.plugin-glossary", "grants=file_read@" + digest);
        awaitState(NAME, PluginState.ACTIVE);
        assertEquals(DENIED, refusalOf("a ray"));
        awaitLog("WARN  plugin.glossary - " + DENIED);

        grants().grant(NAME, digest, Capability.FILE_READ, List.of("glossary"));
        assertEquals(
                "axiom: a statement that is taken for true without a proof\n"
                        + "ray: light along one line",
                explained("An Axiom of a ray"));
        awaitLog("plugin.glossary - 20 terms from glossary/terms.tsv");

        // What has changed is read when the next stream begins.
        put(file, "ray\tan arrow of light\n".getBytes(StandardCharsets.UTF_8));
        assertEquals("ray: an arrow of light", explained("a ray"));

        // Taking back acts at the next host call, on the same generation, and so does giving again.
        long generation = registry.find(NAME).orElseThrow().generation();
        grants().revoke(NAME, digest, Capability.FILE_READ);
        assertEquals(DENIED, refusalOf("a ray"));
        grants().grant(NAME, digest, Capability.FILE_READ, List.of());
        assertEquals("ray: an arrow of light", explained("a ray"));
        assertEquals(generation, registry.find(NAME).orElseThrow().generation());
        removeFile("glossary.wasm");
        awaitGone(NAME);
    }

    private Path sample(String name) {
        return Path.of(context.getProperty("trinity.root"), "plugins/glossary", name);
    }

    private Grants grants() {
        return awaitService(Grants.class, "(objectClass=*)");
    }

    private Answer<List<Chunk>> answer(String text) {
        PipelineStage stage = awaitService(PipelineStage.class, "(plugin.name=" + NAME + ")");
        Chunk chunk =
                new Chunk(
                        text.getBytes(StandardCharsets.UTF_8),
                        "text/plain",
                        "text",
                        "scenario",
                        List.of(),
                        0,
                        0,
                        true);
        return stage.process(List.of(chunk));
    }

    private String explained(String text) {
        Answer<List<Chunk>> answer = answer(text);
        if (answer instanceof Answer.Refusal<List<Chunk>> r) {
            throw new AssertionError("refused: " + r.text());
        }
        Chunk chunk = ((Answer.Value<List<Chunk>>) answer).value().get(0);
        assertEquals(text, new String(chunk.payload(), StandardCharsets.UTF_8));
        return chunk.attributes().stream()
                .filter(a -> a.name().equals(NAME))
                .map(Chunk.Attribute::value)
                .findFirst()
                .orElse("");
    }

    private String refusalOf(String text) {
        if (answer(text) instanceof Answer.Refusal<List<Chunk>> r) {
            return r.text();
        }
        throw new AssertionError("it was read");
    }

    private void awaitLog(String part) {
        Path log = home().resolve("log/trinity.log");
        await(
                "the log says " + part,
                () -> {
                    try {
                        return Files.exists(log) && Files.readString(log).contains(part);
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
