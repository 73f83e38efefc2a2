package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallFaultsTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final List<Runnable> due = new ArrayList<>();
    private final CallFaults faults =
            new CallFaults(clock::get, InstantSource.system(), (millis, work) -> due.add(work));

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(l -> l.substring(l.indexOf("plugin=")))
                .toList();
    }

    @Test
    void aFloodOfFaultsIsALineASecondWithACountAndEachKindHasItsOwn() {
        PluginException trap =
                PluginException.of(
                        ErrorCode.GUEST_TRAP, PluginRef.named("noisy"), "unreachable", "");
        for (int i = 0; i < 100; i++) {
            faults.failed("noisy", "process", trap);
        }
        faults.failed(
                "noisy",
                "process",
                PluginException.refused(
                        PluginRef.named("noisy"), "it refused", "the picture is empty"));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        due.forEach(Runnable::run);
        assertEquals(
                List.of(
                        "plugin=noisy function=process code=GUEST_TRAP more=0 " + trap.getMessage(),
                        "plugin=noisy function=process code=GUEST_ERROR more=0 plugin 'noisy': it"
                                + " refused: \"the picture is empty\"",
                        "plugin=noisy function=process code=GUEST_TRAP more=98 "
                                + trap.getMessage()),
                lines());
    }
}
