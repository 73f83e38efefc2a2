package io.trinity.logback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.status.InfoStatus;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.WarnStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogTroubleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong clock = new AtomicLong();
    private final LogTrouble trouble = new LogTrouble(() -> out, clock::get);

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void oneTroubleIsOneLineAMinute() {
        for (int i = 0; i < 100; i++) {
            trouble.addStatusEvent(
                    new ErrorStatus("IO failure while writing", this, new IOException("full")));
        }
        assertEquals(1, lines().size());
        assertEquals(
                "trinity: log: IO failure while writing: full; the host goes on, and what it would"
                        + " log is lost; make room in log/ and check who may write there",
                lines().get(0));
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
        trouble.addStatusEvent(new ErrorStatus("IO failure while writing", this));
        assertEquals(2, lines().size());
    }

    @Test
    void ofManyTroublesAMinuteABoundedNumberIsTold() {
        for (int i = 0; i < 1000; i++) {
            trouble.addStatusEvent(new ErrorStatus("IO failure " + i, this));
        }
        assertEquals(64, lines().size());
        clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
        trouble.addStatusEvent(new ErrorStatus("IO failure again", this));
        assertEquals(65, lines().size());
    }

    @Test
    void whatAConfigurationIsFaultedForIsToldElsewhereAndALogThatCannotBeOpenedHere() {
        LoggerContext context = new LoggerContext();
        trouble.setContext(context);
        Status fault = new ErrorStatus("no such class", this);
        Status closed = new ErrorStatus("cannot open", this, new IOException("denied"));
        Faults faults = new Faults();
        context.getStatusManager().add(faults);
        trouble.addStatusEvent(fault);
        assertEquals(List.of(), lines());
        trouble.addStatusEvent(closed);
        assertEquals(1, lines().size());
        context.getStatusManager().remove(faults);
        trouble.addStatusEvent(fault);
        assertEquals(2, lines().size());
    }

    @Test
    void whatIsNoTroubleIsNotToldButItsEndIs() {
        trouble.addStatusEvent(new InfoStatus("About to instantiate", this));
        trouble.addStatusEvent(new WarnStatus("Appender not referenced", this));
        assertEquals(List.of(), lines());
        trouble.addStatusEvent(new InfoStatus("Recovered from IO failure on file [x]", this));
        assertEquals(List.of("trinity: log: Recovered from IO failure on file [x]"), lines());
    }
}
