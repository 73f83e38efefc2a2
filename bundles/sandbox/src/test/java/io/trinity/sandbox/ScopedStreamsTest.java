package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Streams;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopedStreamsTest {
    private final List<Object> calls = new ArrayList<>();
    private final HostCall call = new HostCall(FakeGuest.WHO, Long.MAX_VALUE);
    private final Streams owner =
            new Streams() {
                @Override
                public void push(HostCall from, List<Chunk> chunks) {
                    calls.add(chunks);
                }

                @Override
                public List<Chunk> pull(HostCall from, String name, long limit, long millis) {
                    calls.add(name);
                    return List.of();
                }
            };

    private static Chunk chunk(String stream) {
        return new Chunk(new byte[0], "", "", stream, List.of(), 0, 0, false);
    }

    @Test
    void aStreamOutsideTheScopeIsDeniedForPushAndPull() throws HostFailure {
        Streams scoped = new ScopedStreams(() -> List.of("events"), () -> owner);
        scoped.pull(call, "events", 1, 0);
        scoped.push(call, List.of(chunk("events"), chunk("events")));
        assertEquals(2, calls.size());
        HostFailure pull = assertThrows(HostFailure.class, () -> scoped.pull(call, "other", 1, 0));
        assertEquals(HostFailure.Reason.DENIED, pull.reason());
        assertTrue(pull.getMessage().contains("scope.stream_io"));
        assertThrows(
                HostFailure.class,
                () -> scoped.push(call, List.of(chunk("events"), chunk("other"))));
        assertEquals(2, calls.size());
    }

    @Test
    void withoutAScopeAllStreamsAreThere() throws HostFailure {
        new ScopedStreams(List::of, () -> owner).pull(call, "any", 1, 0);
        assertEquals(List.of("any"), calls);
    }
}
