package io.trinity.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.HookPoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HookTest {
    private static final int TIMES = 10_000;

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Hook hook =
            new Hook(
                    new FakePlugin("liar", (function, arguments) -> new Answer.Value<>(1)),
                    new DeclaredHook(HookPoint.CUSTOM, "e", 500, false));

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private long lines() {
        return written.toString(StandardCharsets.UTF_8).lines().count();
    }

    @Test
    void aHookThatFailsOtherwiseEachTimeFillsNoLog() {
        long begin = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            hook.failed(1, i % 2 == 0 ? "GUEST_ERROR" : "GUEST_ABI", "why");
            hook.succeeded(1);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertTrue(lines() >= 1, "the first is told");
        assertTrue(lines() <= seconds + 1, lines() + " lines in " + seconds + " s");
        assertEquals(TIMES, hook.skipped());
    }
}
