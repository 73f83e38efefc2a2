package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class AuditTest {
    private final AtomicLong clock = new AtomicLong();
    private final List<Runnable> due = new ArrayList<>();
    private final Audit audit = new Audit(clock::get, (millis, work) -> due.add(work));

    private void refuse() {
        audit.refused(
                new PluginRef("weather", Version.parseVersion("1.2.0")),
                Capability.NETWORK,
                "tcp.open",
                "taken back");
    }

    /** What the logger, which writes to standard error in tests, is told meanwhile. */
    private static List<String> told(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aRefusalNamesPluginVersionCapabilityAndFunction() {
        List<String> lines = told(this::refuse);
        assertEquals(1, lines.size());
        assertTrue(
                lines.get(0)
                        .endsWith(
                                "event=refused plugin=weather version=1.2.0 capability=network"
                                        + " function=tcp.open decision=denied more=0"
                                        + " why=\"taken back\" by=host"),
                lines.get(0));
    }

    @Test
    void aPluginThatIsRefusedAllTheTimeCannotFillTheLogAndTheNumberIsToldWithinTheSecond() {
        assertEquals(
                1,
                told(() -> {
                            for (int i = 0; i < 1000; i++) {
                                refuse();
                            }
                        })
                        .size());
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        List<String> lines = told(() -> due.forEach(Runnable::run));
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).contains(" more=998 "), lines.get(0));
    }
}
