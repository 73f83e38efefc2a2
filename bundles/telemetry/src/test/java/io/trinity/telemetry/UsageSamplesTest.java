package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageSamplesTest {
    @Test
    void everyNumberHasItsNameUnitAndPlugin() {
        List<String> told =
                new UsageSamples(() -> new FakeRegistry().with("resize"))
                        .samples().stream()
                                .map(
                                        s ->
                                                s.name().substring("trinity.plugin.".length())
                                                        + " "
                                                        + s.unit()
                                                        + " "
                                                        + s.labels()
                                                        + " "
                                                        + s.value())
                                .toList();
        String who = "Attribute[name=plugin, value=resize]";
        assertEquals(
                List.of(
                        "fuel 1 [" + who + "] Counter[total=500.0]",
                        "cpu s [" + who + "] Counter[total=2.0]",
                        "wall s [" + who + "] Counter[total=3.0]",
                        "host s [" + who + "] Counter[total=1.0]",
                        "bytes.in By [" + who + "] Counter[total=7.0]",
                        "bytes.out By [" + who + "] Counter[total=8.0]",
                        "memory.peak By [" + who + "] Gauge[value=131072.0]",
                        "call.p50 s [" + who + "] Gauge[value=1.0E-5]",
                        "call.p99 s [" + who + "] Gauge[value=3.0E-5]",
                        "quarantines 1 [" + who + "] Counter[total=4.0]",
                        "failures.by.code 1 ["
                                + who
                                + ", Attribute[name=code, value=LIMIT_CPU]] Counter[total=2.0]"),
                told);
    }
}
