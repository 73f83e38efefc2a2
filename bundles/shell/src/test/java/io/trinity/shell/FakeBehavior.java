package io.trinity.shell;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.agent.Letter;
import io.trinity.api.agent.Observation;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Does everything at once, but for a few words. */
final class FakeBehavior implements AgentBehavior {
    final List<String> seen = new ArrayList<>();

    @Override
    public String name() {
        return "clerk";
    }

    @Override
    public Answer<List<Action>> decide(String address, List<Observation> observations) {
        Letter letter = ((Observation.Received) observations.get(0)).letter();
        String text = new String(letter.body(), StandardCharsets.UTF_8);
        seen.add(address + " <- " + letter.party() + letter.topic() + ": " + text);
        return switch (text) {
            case "nothing" -> new Answer.Value<>(List.of());
            case "refuse" -> new Answer.Refusal<>("I am on holiday");
            case "trap" ->
                    throw PluginException.of(
                            ErrorCode.GUEST_TRAP, PluginRef.named("clerk"), "unreachable", "");
            default -> new Answer.Value<>(everything());
        };
    }

    private static List<Action> everything() {
        Chunk chunk =
                new Chunk(bytes("chunk"), "text/plain", "text", "out", List.of(), 0, 0, false);
        return List.of(
                new Action.Send(new Letter("boss", "", bytes("two\nlines"))),
                new Action.Publish(new Letter("", "news", new byte[] {0, (byte) 0xff})),
                new Action.Subscribe("alarm"),
                new Action.Emit(chunk),
                new Action.Wake(500),
                new Action.Stop());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
