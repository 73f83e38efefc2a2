package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.agent.Letter;
import io.trinity.api.agent.Observation;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import io.trinity.api.stream.Window;
import io.trinity.canonical.abi.VariantValue;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an {@link AgentBehavior} over a plugin must do. */
public abstract class AgentBehaviorContract {
    private static final String DECIDE = "decide";
    private static final byte[] BODY = {1, 2, 3};

    private final ScriptedPlugin plugin =
            new ScriptedPlugin(ExtensionType.AGENT_BEHAVIOR, "an-agent");

    /** The service over this plugin. */
    protected abstract AgentBehavior over(Plugin plugin);

    @Test
    void itHasThePluginsName() {
        assertEquals("an-agent", over(plugin).name());
    }

    @Test
    void thePluginSeesEveryObservationInItsOrderAndUnderItsAddress() {
        plugin.returns(DECIDE, List.of());
        Window window =
                new Window(
                        "key",
                        -5,
                        10,
                        "seven",
                        0.25,
                        new Vector(new byte[] {1, -1}),
                        List.of(new Chunk.Attribute("n", "v")));
        over(plugin)
                .decide(
                        "agent-1",
                        List.of(
                                new Observation.Started(BODY),
                                new Observation.Received(new Letter("agent-2", "news", BODY)),
                                new Observation.Fused(window),
                                new Observation.Woken(),
                                new Observation.Stopping()));
        ScriptedPlugin.Call call = plugin.onlyCall();
        assertEquals("agent-1", call.options().streamKey());
        assertEquals("agent-1", call.arguments().get(0));
        List<?> seen = (List<?>) call.arguments().get(1);
        assertEquals(
                List.of(0, 1, 2, 3, 4), seen.stream().map(o -> ((VariantValue) o).tag()).toList());
        assertArrayEquals(BODY, (byte[]) payload(seen.get(0)));
        Object[] letter = (Object[]) payload(seen.get(1));
        assertEquals(List.of("agent-2", "news"), List.of(letter[0], letter[1]));
        assertArrayEquals(BODY, (byte[]) letter[2]);
        Object[] w = (Object[]) payload(seen.get(2));
        assertEquals(
                List.of("key", -5L, 10L, "seven", 0.25, 1L),
                List.of(w[0], w[1], w[2], w[3], w[4], w[5]));
        Object[] note = (Object[]) ((List<?>) w[6]).get(0);
        assertArrayEquals(new Object[] {"n", "v"}, note);
        assertEquals(new VariantValue(3, null), seen.get(3));
        assertEquals(new VariantValue(4, null), seen.get(4));
    }

    @Test
    void everyActionComesBackInThePluginsOrder() {
        List<Action> actions =
                decide(
                        new VariantValue(0, letter("agent-2", "")),
                        new VariantValue(1, letter("", "news")),
                        new VariantValue(2, "weather"),
                        new VariantValue(3, Chunks.made(BODY, "a/b", "data", "out", List.of(), 9)),
                        new VariantValue(4, 4_294_967_295L),
                        new VariantValue(5, null));
        assertEquals(6, actions.size());
        Letter sent = assertInstanceOf(Action.Send.class, actions.get(0)).letter();
        assertEquals("agent-2", sent.party());
        assertEquals("", sent.topic());
        assertArrayEquals(BODY, sent.body());
        Letter published = assertInstanceOf(Action.Publish.class, actions.get(1)).letter();
        assertEquals("news", published.topic());
        assertArrayEquals(BODY, published.body());
        assertEquals(new Action.Subscribe("weather"), actions.get(2));
        Chunk emitted = assertInstanceOf(Action.Emit.class, actions.get(3)).chunk();
        assertEquals("out", emitted.stream());
        assertEquals("a/b", emitted.contentType());
        assertEquals(9, emitted.eventTimeNanos());
        assertArrayEquals(BODY, emitted.payload());
        assertEquals(new Action.Wake(4_294_967_295L), actions.get(4));
        assertEquals(new Action.Stop(), actions.get(5));
    }

    @Test
    void anActionThatLacksWhatItIsForIsThePluginsFault() {
        VariantValue fine = new VariantValue(5, null);
        misbehaves("action 1 a letter to nobody", fine, new VariantValue(0, letter("", "t")));
        misbehaves("under no topic", new VariantValue(1, letter("agent-2", "")));
        misbehaves("a subscription to no topic", new VariantValue(2, ""));
        misbehaves("a chunk for no stream", new VariantValue(3, Chunks.bare("x")));
    }

    @Test
    void aChunkPastItsBoundsFailsTheCall() {
        Chunks.pastBounds()
                .forEach(
                        (problem, chunk) ->
                                Expect.notAllowed(
                                        plugin,
                                        () -> decide(new VariantValue(3, chunk)),
                                        "decide returned what the contract does not allow:"
                                                + " ok[0].emit: "
                                                + problem));
    }

    @Test
    void anAttributeOfTheHostsIsThePluginsFault() {
        Expect.misbehaves(
                plugin,
                DECIDE,
                () -> decide(new VariantValue(3, Chunks.withHosts())),
                "decide returned as action 0 attribute 'trinity.x'",
                "65536");
    }

    @Test
    void anAgentThatSawNothingDecidesNothingAndThePluginIsNotAsked() {
        assertEquals(List.of(), Expect.value(over(plugin).decide("agent-1", List.of())));
        assertEquals(List.of(), plugin.calls());
    }

    @Test
    void anEmptyAddressIsTheCallersFault() {
        plugin.returns(DECIDE, List.of());
        assertThrows(
                IllegalArgumentException.class,
                () -> over(plugin).decide("", List.of(new Observation.Woken())));
        assertEquals(List.of(), plugin.calls());
    }

    @Test
    void refusalsAndFailuresOfThePluginPassThrough() {
        Expect.passesOn(plugin, DECIDE, p -> over(p).decide("a", List.of(new Observation.Woken())));
    }

    private void misbehaves(String words, Object... returned) {
        Expect.misbehaves(plugin, DECIDE, () -> decide(returned), "decide", words);
    }

    private List<Action> decide(Object... returned) {
        plugin.returns(DECIDE, List.of(returned));
        return Expect.value(over(plugin).decide("agent-1", List.of(new Observation.Woken())));
    }

    private static Object[] letter(String party, String topic) {
        return new Object[] {party, topic, BODY};
    }

    private static Object payload(Object variant) {
        return Objects.requireNonNull(((VariantValue) variant).payload());
    }
}
