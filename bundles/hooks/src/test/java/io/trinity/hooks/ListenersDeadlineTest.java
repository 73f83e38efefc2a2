package io.trinity.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersDeadlineTest {
    @ParameterizedTest
    @CsvSource({
        "100, 300, 200",
        "100, 101, 100",
        "100, 100, 100",
        "100, 60, 80",
        "-50, 50, 0",
        "9223372036854775800, -9223372036854775796, -9223372036854775806",
    })
    void listenersHaveHalfOfTheTimeThatTheFirerHasLeft(long now, long firers, long listeners) {
        assertEquals(listeners, HookComponent.listenersDeadline(now, firers));
    }

    @org.junit.jupiter.api.Test
    void withoutADeadlineThereIsNone() {
        assertEquals(Long.MAX_VALUE, HookComponent.listenersDeadline(5, Long.MAX_VALUE));
    }
}
