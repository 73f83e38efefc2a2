package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Sample;
import io.trinity.api.sandbox.MemoryTotal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemorySamplesTest {
    @Test
    void whatAllPluginsHoldHeldAndMayHoldIsTold() {
        assertEquals(
                List.of(
                        new Sample("trinity.plugins.memory.held", "By", List.of(), new Gauge(3)),
                        new Sample("trinity.plugins.memory.peak", "By", List.of(), new Gauge(5)),
                        new Sample("trinity.plugins.memory.limit", "By", List.of(), new Gauge(9))),
                new MemorySamples(() -> Optional.of(new MemoryTotal(9, 3, 5))).samples());
    }
}
