package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamScopeTest {
    @Test
    void aStreamOutsideTheScopeIsDeniedForPushAndPull() throws HostFailure {
        List<Object> calls = new ArrayList<>();
        HostFunction guarded =
                StreamScope.guard(
                        () -> List.of("events"),
                        (guest, arguments) -> {
                            calls.add(arguments[0]);
                            return null;
                        });
        GuestState guest = Guests.state();
        guarded.call(guest, new Object[] {"events", 1L, 0L});
        Object[] chunk = {new byte[0], "", "", "events", List.of(), 0L, 0L, false};
        guarded.call(guest, new Object[] {List.of(chunk, chunk)});
        assertEquals(2, calls.size());
        HostFailure pull =
                assertThrows(
                        HostFailure.class,
                        () -> guarded.call(guest, new Object[] {"other", 1L, 0L}));
        assertEquals(HostFailure.Reason.DENIED, pull.reason());
        assertTrue(pull.getMessage().contains("scope.stream_io"));
        Object[] elsewhere = {new byte[0], "", "", "other", List.of(), 0L, 0L, false};
        assertThrows(
                HostFailure.class,
                () -> guarded.call(guest, new Object[] {List.of(chunk, elsewhere)}));
        assertEquals(2, calls.size());
        StreamScope.guard(List::of, (g, a) -> null).call(guest, new Object[] {"any", 1L, 0L});
    }
}
