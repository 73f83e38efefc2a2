package io.trinity.scenarios;

import static org.junit.Assert.assertFalse;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** What the host and its plugins measure comes to a collector, and what it writes is a file. */
public class TelemetryTest extends Scenario {
    private ServiceRegistration<MetricCollector> registration;

    /** One line for each reading: name, labels, value. */
    private static final class Lines implements MetricCollector {
        @Override
        public String name() {
            return "lines";
        }

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public Answer<byte[]> collect(List<Sample> samples) {
            String text =
                    samples.stream()
                            .map(s -> s.name() + labels(s) + " " + s.value() + "\n")
                            .collect(Collectors.joining());
            return new Answer.Value<>(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String labels(Sample s) {
            return s.labels().stream()
                    .map(l -> l.name() + "=" + l.value())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    private String report() {
        Path file = home().resolve("metrics/lines.txt");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitReading(String line) {
        await("the report has " + line, () -> report().contains(line + "\n"));
    }

    @After
    public void unregister() {
        if (registration != null) {
            registration.unregister();
        }
    }

    @Test
    public void whatAPluginCountsAndWhatIsCountedOfItIsInTheReportUntilItIsGone() {
        configure("io.trinity.telemetry", "intervalMillis=100");
        dropFixture("count", "count.wasm");
        awaitState("count", PluginState.ACTIVE);
        assertFalse("nobody wants a report", Files.exists(home().resolve("metrics")));

        registration =
                context.registerService(MetricCollector.class, new Lines(), new Hashtable<>());
        for (int i = 0; i < 3; i++) {
            process("count", "abc");
        }
        awaitReading("chunks{plugin=count} Counter[total=3.0]");
        awaitReading("trinity.plugin.calls{plugin=count} Counter[total=3.0]");
        awaitReading("trinity.plugin.state{plugin=count,state=active} Gauge[value=1.0]");
        await("the heap is measured", () -> report().contains("jvm.heap.used{} "));

        removeFile("count.wasm");
        awaitGone("count");
        await("its readings are gone", () -> !report().contains("plugin=count"));

        registration.unregister();
        registration = null;
        await("the report is gone with its collector", () -> report().isEmpty());
    }
}
