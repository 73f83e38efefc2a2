package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamsComponentTest {
    private final StreamsComponent streams = new StreamsComponent(Map.of());

    private void push(String plugin) throws HostFailure {
        Chunk c = new Chunk(new byte[1], "", "data", "events", List.of(), 0, 0, false);
        streams.push(call(plugin), List.of(c));
    }

    private int pull(String plugin) throws HostFailure {
        return streams.pull(call(plugin), "events", 64, 0).size();
    }

    private static HostCall call(String plugin) {
        return new HostCall(
                PluginRef.named(plugin), System.nanoTime() + TimeUnit.SECONDS.toNanos(60));
    }

    @Test
    void whoMayPushAndPullIsConfiguredLiveAndTakesNothingThatWaits() throws HostFailure {
        push("anybody");
        streams.modified(Map.of("push.events", "a", "pull.events", "b"));
        push("a");
        assertEquals(
                Reason.DENIED, assertThrows(HostFailure.class, () -> push("anybody")).reason());
        assertEquals(Reason.DENIED, assertThrows(HostFailure.class, () -> pull("a")).reason());
        assertEquals(2, pull("b"));
        streams.modified(Map.of());
        push("anybody");
        assertEquals(1, pull("a"));
        streams.deactivate();
        assertEquals(Reason.UNAVAILABLE, assertThrows(HostFailure.class, () -> pull("a")).reason());
    }
}
