package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link PipelineStage} over a plugin must do. */
public abstract class PipelineStageContract {
    private static final String PROCESS = "process";

    private final ScriptedPlugin plugin =
            new ScriptedPlugin(ExtensionType.PIPELINE_STAGE, "a-stage");

    /** The service over this plugin. */
    protected abstract PipelineStage over(Plugin plugin, int batch);

    @Test
    void itHasThePluginsNameAndItsBatch() {
        assertEquals("a-stage", over(plugin, 8).name());
        assertEquals(8, over(plugin, 8).batch());
    }

    @Test
    void chunksReachThePluginAsTheyAreAndUnderTheirStream() {
        plugin.returns(PROCESS, List.of());
        Chunk first = Chunks.full("one", 7);
        Chunk second = Chunks.full("two", 8);
        over(plugin, 2).process(List.of(first, second));
        ScriptedPlugin.Call call = plugin.onlyCall();
        assertEquals("a-stream", call.options().streamKey());
        List<?> seen = (List<?>) call.arguments().get(0);
        assertEquals(2, seen.size());
        Chunks.assertSame(first, seen.get(0));
        Chunks.assertSame(second, seen.get(1));
    }

    @Test
    void noneOneOrManyComeBackInThePluginsOrder() {
        assertEquals(List.of(), process(List.of()));
        assertEquals(
                List.of("b", "a", "c"),
                process(Chunks.list(Chunks.bare("b"), Chunks.bare("a"), Chunks.bare("c"))).stream()
                        .map(Chunks::text)
                        .toList());
    }

    @Test
    void whatThePluginLeftEmptyIsTakenOver() {
        Chunk made = process(Chunks.list(Chunks.bare("x"))).get(0);
        assertArrayEquals(new byte[] {'x'}, made.payload());
        assertEquals("text/plain", made.contentType());
        assertEquals("text", made.modality());
        assertEquals("a-stream", made.stream());
        assertEquals(1_007, made.eventTimeNanos());
        assertEquals(List.of(), made.attributes());
    }

    @Test
    void whatThePluginSaysStaysButForTheStream() {
        Object[] own =
                Chunks.made(
                        new byte[] {1},
                        "image/png",
                        "vision",
                        "another",
                        Chunks.list(new Object[] {"a", "b"}),
                        5);
        Chunk made = process(Chunks.list(own)).get(0);
        assertEquals("image/png", made.contentType());
        assertEquals("vision", made.modality());
        assertEquals(5, made.eventTimeNanos());
        assertEquals(List.of(new Chunk.Attribute("a", "b")), made.attributes());
        assertEquals("a-stream", made.stream());
    }

    @Test
    void aChunkPastItsBoundsFailsTheCall() {
        Chunks.pastBounds()
                .forEach(
                        (problem, chunk) ->
                                Expect.notAllowed(
                                        plugin,
                                        () -> process(Chunks.list(chunk)),
                                        "process returned what the contract does not allow: ok[0]: "
                                                + problem));
    }

    @Test
    void anAttributeOfTheHostsThatWasNotGivenIsThePluginsFault() {
        Expect.misbehaves(
                plugin,
                PROCESS,
                () -> process(Chunks.list(Chunks.bare("x"), Chunks.withHosts())),
                "process returned a chunk that is none: attribute 'trinity.x'",
                "65536");
    }

    @Test
    void anAttributeOfTheHostsThatWasGivenMayBePassedOn() {
        List<Chunk.Attribute> hosts = List.of(new Chunk.Attribute("trinity.x", ""));
        Chunk given = new Chunk(new byte[0], "", "", "s", hosts, 0, 0, false);
        plugin.returns(PROCESS, Chunks.list(Chunks.withHosts()));
        assertEquals(
                hosts, Expect.value(over(plugin, 1).process(List.of(given))).get(0).attributes());
    }

    @Test
    void refusalsAndFailuresOfThePluginPassThrough() {
        Expect.passesOn(plugin, PROCESS, p -> over(p, 1).process(List.of(Chunks.full("x", 0))));
    }

    private List<Chunk> process(List<?> returned) {
        plugin.returns(PROCESS, returned);
        return Expect.value(over(plugin, 1).process(List.of(Chunks.full("in", 7))));
    }
}
