package io.trinity.telemetry;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookBus;
import io.trinity.api.log.PeriodicTask;
import io.trinity.api.metric.HostMetrics;
import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.MemoryTotal;
import io.trinity.api.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the host's metrics every interval, on a thread of its own: gives them to on_metrics hooks
 * and metric collectors, whose reports become files in {@code metrics/} of the home.
 */
@Component(service = HostMetrics.class, immediate = true, configurationPid = TelemetrySettings.PID)
@Designate(ocd = TelemetryDefinition.class)
public final class TelemetryComponent implements HostMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryComponent.class);
    private static final long END_SECONDS = 5;

    private final Path folder;
    private final MetricsCollection round;
    private final Gathering asked = new Gathering(new RecurringWarnings(LOG));

    /** Each is the same in every round, so that its trouble is told of once. */
    private final List<MetricSource> own =
            List.of(
                    new JvmSamples(),
                    new PluginSamples(() -> registry()),
                    new UsageSamples(() -> registry()),
                    new MemorySamples(this::memory));

    private final ScheduledExecutorService thread;
    private TelemetrySettings settings = TelemetrySettings.DEFAULT;
    private @Nullable Future<?> rounds;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable PluginRegistry registry;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable HookBus hooks;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable Sandbox sandbox;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<MetricSource> sources = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<MetricCollector> collectors = List.of();

    /** For DS. */
    @Activate
    public TelemetryComponent(@Reference Home home, Map<String, Object> configuration) {
        this.folder = home.root().resolve("metrics");
        RecurringWarnings warnings = new RecurringWarnings(LOG);
        this.round = new MetricsCollection(warnings, new Reports(folder, warnings));
        // Collectors run on it: the stack must hold a guest's frames and the host's below them.
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, "trinity-telemetry", 4L << 20));
        modified(configuration);
    }

    /** A new interval begins at once. */
    @Modified
    synchronized void modified(Map<String, Object> configuration) {
        settings =
                TelemetrySettings.read(
                        new ConfigValues(
                                TelemetrySettings.PID,
                                configuration,
                                p -> LOG.warn("code=CONFIG_INVALID {}", p)),
                        settings);
        Future<?> before = rounds;
        if (before != null) {
            before.cancel(false);
        }
        rounds =
                thread.scheduleWithFixedDelay(
                        new PeriodicTask(
                                this::runRound,
                                e -> LOG.error("code=INTERNAL metrics were not gathered", e)),
                        settings.intervalMillis(),
                        settings.intervalMillis(),
                        TimeUnit.MILLISECONDS);
        LOG.info(
                "telemetry active intervalMillis={} reports={}", settings.intervalMillis(), folder);
    }

    /** Ends the thread; a collector that is being called is interrupted. */
    @Deactivate
    void deactivate() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the telemetry thread did not end within {} s", END_SECONDS);
        }
    }

    private @Nullable PluginRegistry registry() {
        return registry;
    }

    private Optional<MemoryTotal> memory() {
        Sandbox there = sandbox;
        return there == null ? Optional.empty() : Optional.of(there.memory());
    }

    @Override
    public List<Sample> samples() {
        List<MetricSource> all = all();
        synchronized (asked) {
            return asked.of(all);
        }
    }

    /** The same ones at each round: complaints tell them apart by identity. */
    List<MetricSource> all() {
        List<MetricSource> all = new ArrayList<>(own);
        all.addAll(sources);
        return all;
    }

    private void runRound() {
        round.run(new MetricsCollection.Present(all(), hooks, collectors));
    }
}
