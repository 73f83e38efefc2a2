package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link ModalityHandler} over a plugin must do. */
public abstract class ModalityHandlerContract {
    private static final String DECODE = "decode";
    private static final String ENCODE = "encode";

    private final ScriptedPlugin plugin =
            new ScriptedPlugin(ExtensionType.MODALITY_HANDLER, "a-handler");

    /** The service over this plugin. */
    protected abstract ModalityHandler over(
            Plugin plugin, String modality, List<String> contentTypes);

    private ModalityHandler handler() {
        return over(plugin, "lidar", List.of("application/vnd.pcd", "application/las"));
    }

    @Test
    void itHasThePluginsNameItsModalityAndItsContentTypes() {
        assertEquals("a-handler", handler().name());
        assertEquals("lidar", handler().modality());
        assertEquals(List.of("application/vnd.pcd", "application/las"), handler().contentTypes());
    }

    @Test
    void piecesReachThePluginAsTheyAreAndUnderTheirStream() {
        plugin.returns(DECODE, List.of());
        Chunk first = Chunks.full("one", 0);
        Chunk second = Chunks.full("two", 1);
        handler().decode(List.of(first, second));
        ScriptedPlugin.Call call = plugin.onlyCall();
        assertEquals("a-stream", call.options().streamKey());
        List<?> seen = (List<?>) call.arguments().get(0);
        assertEquals(2, seen.size());
        Chunks.assertSame(first, seen.get(0));
        Chunks.assertSame(second, seen.get(1));
    }

    @Test
    void whatThePluginLeftEmptyIsItsModalityAndTheRestOfTheFirstPiece() {
        Chunk made = decode(Chunks.list(Chunks.bare("x"))).get(0);
        assertEquals("x", Chunks.text(made));
        assertEquals("lidar", made.modality());
        assertEquals("text/plain", made.contentType());
        assertEquals(1_007, made.eventTimeNanos());
        assertEquals("a-stream", made.stream());
    }

    @Test
    void whatThePluginSaysStaysButForTheStream() {
        Object[] own = Chunks.made(new byte[] {1}, "a/b", "radar", "another", List.of(), 5);
        Chunk made = decode(Chunks.list(own)).get(0);
        assertEquals("radar", made.modality());
        assertEquals("a/b", made.contentType());
        assertEquals(5, made.eventTimeNanos());
        assertEquals("a-stream", made.stream());
    }

    @Test
    void noneOneOrManyComeBackInThePluginsOrder() {
        assertEquals(List.of(), decode(List.of()));
        assertEquals(
                List.of("b", "a"),
                decode(Chunks.list(Chunks.bare("b"), Chunks.bare("a"))).stream()
                        .map(Chunks::text)
                        .toList());
    }

    @Test
    void aChunkPastItsBoundsFailsTheCall() {
        Chunks.pastBounds()
                .forEach(
                        (problem, chunk) ->
                                Expect.notAllowed(
                                        plugin,
                                        () -> decode(Chunks.list(chunk)),
                                        "decode returned what the contract does not allow: ok[0]: "
                                                + problem));
    }

    @Test
    void anAttributeOfTheHostsThatWasNotGivenIsThePluginsFault() {
        Expect.misbehaves(
                plugin,
                DECODE,
                () -> decode(Chunks.list(Chunks.bare("x"), Chunks.withHosts())),
                "decode returned a chunk that is none: attribute 'trinity.x'",
                "65536");
    }

    @Test
    void anAttributeOfTheHostsThatWasGivenMayBePassedOn() {
        List<Chunk.Attribute> hosts = List.of(new Chunk.Attribute("trinity.x", ""));
        Chunk given = new Chunk(new byte[0], "", "", "s", hosts, 0, 0, false);
        plugin.returns(DECODE, Chunks.list(Chunks.withHosts()));
        assertEquals(hosts, Expect.value(handler().decode(List.of(given))).get(0).attributes());
    }

    @Test
    void noPiecesAndPiecesOfTwoStreamsAreTheCallersFault() {
        plugin.returns(DECODE, List.of());
        assertThrows(IllegalArgumentException.class, () -> handler().decode(List.of()));
        Chunk here = Chunks.full("x", 0);
        Chunk there = new Chunk(here.payload(), "", "", "elsewhere", List.of(), 1, 0, false);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> handler().decode(List.of(here, there)));
        assertEquals(
                "a-handler: decode takes pieces of one stream, not of 'a-stream' and 'elsewhere'",
                e.getMessage());
        assertEquals(List.of(), plugin.calls());
    }

    @Test
    void eachChunkHasItsVectorInOrder() {
        Vector a = new Vector(new byte[] {1, -1, 0});
        Vector b = new Vector(new byte[] {-1, 1, 1});
        Chunk one = Chunks.full("one", 0);
        Chunk two = Chunks.full("two", 1);
        plugin.returns(ENCODE, List.of(b, a));
        assertEquals(List.of(b, a), Expect.value(handler().encode(List.of(one, two))));
        ScriptedPlugin.Call call = plugin.onlyCall();
        assertEquals("a-stream", call.options().streamKey());
        List<?> seen = (List<?>) call.arguments().get(0);
        Chunks.assertSame(one, seen.get(0));
        Chunks.assertSame(two, seen.get(1));
    }

    @Test
    void moreOrFewerVectorsThanChunksAreThePluginsFault() {
        Vector v = new Vector(new byte[] {1});
        List<Chunk> two = List.of(Chunks.full("one", 0), Chunks.full("two", 1));
        plugin.returns(ENCODE, List.of(v));
        Expect.misbehaves(plugin, ENCODE, () -> handler().encode(two), "1 vectors for 2 chunks");
        plugin.returns(ENCODE, List.of(v, v, v));
        Expect.misbehaves(plugin, ENCODE, () -> handler().encode(two), "3 vectors for 2 chunks");
    }

    @Test
    void noChunksHaveNoVectorsAndThePluginIsNotAsked() {
        assertEquals(List.of(), Expect.value(handler().encode(List.of())));
        assertEquals(List.of(), plugin.calls());
    }

    @Test
    void refusalsAndFailuresOfThePluginPassThrough() {
        List<Chunk> one = List.of(Chunks.full("x", 0));
        Expect.passesOn(plugin, DECODE, p -> handler().decode(one));
        Expect.passesOn(plugin, ENCODE, p -> handler().encode(one));
    }

    private List<Chunk> decode(List<?> returned) {
        plugin.returns(DECODE, returned);
        return Expect.value(
                handler().decode(List.of(Chunks.full("in", 7), Chunks.full("later", 8))));
    }
}
