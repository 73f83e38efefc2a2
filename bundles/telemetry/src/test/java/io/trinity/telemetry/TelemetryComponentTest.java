package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.home.Home;
import io.trinity.api.metric.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryComponentTest {
    private static final Map<String, Object> QUICK = Map.of("intervalMillis", "100");

    @TempDir Path home;

    private TelemetryComponent component(Map<String, Object> configuration) {
        return new TelemetryComponent(new Home(home), configuration);
    }

    private static Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("trinity-telemetry"))
                .findFirst();
    }

    @Test
    void theHostsOwnSourcesAreTheSameAtEachRoundSoThatATroubleOfOneIsToldOnce() throws Exception {
        TelemetryComponent telemetry = component(QUICK);
        assertFalse(telemetry.all().isEmpty());
        assertEquals(telemetry.all(), telemetry.all());
        telemetry.deactivate();
    }

    @Test
    void collectorsThatComeLaterAreFedEveryIntervalOnOneThreadThatEnds() throws Exception {
        TelemetryComponent telemetry = component(QUICK);
        CountDownLatch rounds = new CountDownLatch(3);
        AtomicReference<String> thread = new AtomicReference<>();
        FakeCollector collector = new FakeCollector("json");
        collector.answer =
                () -> {
                    thread.set(Thread.currentThread().getName());
                    rounds.countDown();
                    return FakeCollector.report("a report");
                };
        telemetry.registry = new FakeRegistry().with("resize");
        telemetry.collectors = List.of(collector);
        assertTrue(rounds.await(30, TimeUnit.SECONDS));
        assertEquals("trinity-telemetry", thread.get());
        List<String> names = collector.given.stream().map(Sample::name).toList();
        assertTrue(names.contains("trinity.plugin.calls"), names.toString());
        assertTrue(names.contains("jvm.heap.used"), names.toString());
        Thread running = thread().orElseThrow();
        telemetry.deactivate();
        // The pool says that it has ended an instant before its thread has.
        running.join(30_000);
        assertFalse(running.isAlive());
        assertTrue(home.resolve("metrics/json.json").toFile().isFile());
    }

    @Test
    void aRoundThatFailsAsAWholeIsNotTheLast() throws Exception {
        TelemetryComponent telemetry = component(QUICK);
        try {
            CountDownLatch asked = new CountDownLatch(3);
            FakeHooks hooks = new FakeHooks();
            hooks.listening = true;
            telemetry.hooks = hooks;
            telemetry.sources =
                    new ArrayList<>() {
                        @Override
                        public Object[] toArray() {
                            asked.countDown();
                            throw new OutOfMemoryError("as if");
                        }
                    };
            assertTrue(asked.await(30, TimeUnit.SECONDS));
        } finally {
            telemetry.deactivate();
        }
    }

    @Test
    void aChangedIntervalBeginsAtOnce() throws Exception {
        TelemetryComponent telemetry = component(Map.of("intervalMillis", "3600000"));
        try {
            CountDownLatch collected = new CountDownLatch(1);
            FakeCollector collector = new FakeCollector("json");
            collector.answer =
                    () -> {
                        collected.countDown();
                        return FakeCollector.report("a report");
                    };
            telemetry.collectors = List.of(collector);
            telemetry.modified(QUICK);
            assertTrue(collected.await(30, TimeUnit.SECONDS));
        } finally {
            telemetry.deactivate();
        }
    }

    @Test
    void anInvalidValueLeavesTheLastGoodOne() {
        List<String> problems = new ArrayList<>();
        TelemetrySettings last = new TelemetrySettings(500, 7);
        Map<String, Object> wrong = Map.of("intervalMillis", "99", "maxSeries", "-1");
        assertEquals(
                last,
                TelemetrySettings.read(
                        new ConfigValues(TelemetrySettings.PID, wrong, problems::add), last));
        assertEquals(2, problems.size(), problems.toString());
        assertEquals(
                TelemetrySettings.DEFAULT,
                TelemetrySettings.read(
                        new ConfigValues(TelemetrySettings.PID, Map.of(), problems::add), last));
    }
}
