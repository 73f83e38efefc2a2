package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentAskTest {
    private final FakeBehavior behavior = new FakeBehavior();
    private final AgentNames names = new AgentNames();
    private final AgentAsk command = new AgentAsk(names);

    @BeforeEach
    void behavior() {
        names.behaviors = List.of(behavior);
    }

    @Test
    void theBehaviourGetsOneLetterFromTheShell() {
        command.ask("clerk", "hello");
        command.ask("clerk", "hello", "--address", "clerk/7");
        assertEquals(List.of("shell <- shell: hello", "clerk/7 <- shell: hello"), behavior.seen);
    }

    @Test
    void peopleSeeWhatItWouldDo() {
        assertEquals(
                """
                ACTION     TO     WHAT
                send       boss   two\\nlines
                publish    news   2 bytes: 00 ff
                subscribe  alarm  -
                emit       out    chunk
                wake       -      in 500 ms
                stop       -      -
                """,
                command.ask("clerk", "hello"));
        assertEquals("no actions\n", command.ask("clerk", "nothing"));
        assertEquals(List.of("clerk"), names.names());
    }

    @Test
    void programsGetEveryAction() throws IOException {
        List<Map<String, Object>> actions = objects(command.ask("clerk", "hello", "--json"));
        assertEquals(
                Map.of(
                        "action",
                        "send",
                        "to",
                        "boss",
                        "topic",
                        "",
                        "text",
                        "two\nlines",
                        "bodyBase64",
                        "dHdvCmxpbmVz"),
                actions.get(0));
        assertEquals("AP8=", actions.get(1).get("bodyBase64"));
        assertEquals(Map.of("action", "subscribe", "topic", "alarm"), actions.get(2));
        assertEquals("out", ((Map<?, ?>) actions.get(3).get("chunk")).get("stream"));
        assertEquals(Map.of("action", "wake", "millis", 500), actions.get(4));
        assertEquals(Map.of("action", "stop"), actions.get(5));
    }

    @Test
    void whatItDoesNotAnswerIsToldWhy() {
        fails(
                "GUEST_ERROR: plugin 'clerk': it refused: \"I am on holiday\"",
                () -> command.ask("clerk", "refuse"));
        fails("GUEST_TRAP: plugin 'clerk': unreachable", () -> command.ask("clerk", "trap"));
        fails(
                "NOT_FOUND: there is no plugin 'x' of type agent_behavior; there are: clerk; see"
                        + " plugin:list",
                () -> command.ask("x", "hello"));
        names.behaviors = List.of();
        fails(
                "NOT_FOUND: there is no plugin 'clerk' of type agent_behavior; no such plugin is"
                        + " there; see plugin:list",
                () -> command.ask("clerk", "hello"));
    }
}
