package io.trinity.telemetry;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.host.Metrics;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.policy.Grants;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owner of interface {@code metrics}: the series that plugins have of their own. They live over
 * reloads where the new generation writes them, too, and go when the registry does not know the
 * plugin any more. A reading that breaks a rule or a limit is dropped and counted; it never fails
 * the plugin's call.
 */
@Component(
        service = {HostInterface.class, MetricSource.class},
        immediate = true,
        configurationPid = TelemetrySettings.PID)
public final class MetricsComponent implements Metrics, MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsComponent.class);

    private final Map<String, PluginMetrics> plugins = new ConcurrentHashMap<>();
    private volatile TelemetrySettings settings = TelemetrySettings.DEFAULT;

    // Dynamic: a component rebuilt for its sake would lose every counter.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable PluginRegistry registry;

    // Dynamic for the same reason.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable Grants grants;

    /** For DS. */
    @Activate
    public MetricsComponent(Map<String, Object> configuration) {
        modified(configuration);
    }

    /** Takes effect for the next new series; TelemetryComponent tells of invalid values. */
    @Modified
    final void modified(Map<String, Object> configuration) {
        settings =
                TelemetrySettings.read(
                        new ConfigValues(TelemetrySettings.PID, configuration, p -> {}), settings);
        LOG.info("plugin metrics active maxSeries={}", settings.maxSeries());
    }

    @Override
    public void add(HostCall call, String name, double delta, List<Chunk.Attribute> labels) {
        take(call, Accumulator.Kind.ADD, name, delta, labels);
    }

    @Override
    public void set(HostCall call, String name, double value, List<Chunk.Attribute> labels) {
        take(call, Accumulator.Kind.SET, name, value, labels);
    }

    @Override
    public void observe(HostCall call, String name, double value, List<Chunk.Attribute> labels) {
        take(call, Accumulator.Kind.OBSERVE, name, value, labels);
    }

    private void take(
            HostCall call,
            Accumulator.Kind kind,
            String name,
            double value,
            List<Chunk.Attribute> labels) {
        String plugin = call.plugin().name();
        PluginMetrics metrics = plugins.get(plugin);
        if (metrics == null) {
            // Whoever is new here may fill the place of one that is gone.
            forgetTheGone();
            metrics = plugins.computeIfAbsent(plugin, PluginMetrics::new);
        }
        String why =
                metrics.take(
                        call.generation(),
                        kind,
                        name,
                        value,
                        labels,
                        () -> {
                            PluginRegistry known = registry;
                            if (known != null) {
                                known.find(plugin).ifPresent(this::serves);
                            }
                            return maxSeries(plugin);
                        },
                        line -> exportedElsewhere(plugin, line));
        if (!why.isEmpty()) {
            LOG.warn(
                    "{}: a reading was dropped, and so are the next ones like it: {}",
                    call.plugin(),
                    why);
        }
    }

    /** A line of exporters has one family: whoever wrote one first says which. */
    private Optional<SeriesNames.Family> exportedElsewhere(String plugin, String line) {
        return plugins.entrySet().stream()
                .filter(p -> !p.getKey().equals(plugin))
                .flatMap(p -> p.getValue().exportedAs(line).stream())
                .findFirst();
    }

    /** What the host allows each plugin, or less where the grant's scope says so. */
    private int maxSeries(String plugin) {
        Grants g = grants;
        if (g == null) {
            return settings.maxSeries();
        }
        List<String> scope = g.scope(plugin, Capability.METRICS);
        // One that is no number is a scope that nothing is in.
        return scope.isEmpty()
                ? settings.maxSeries()
                : scope.get(0).matches("[0-9]{1,6}")
                        ? Math.min(settings.maxSeries(), Integer.parseInt(scope.get(0)))
                        : 0;
    }

    @Override
    public List<Sample> samples() {
        forgetTheGone();
        List<Sample> samples = new ArrayList<>();
        new TreeMap<>(plugins).values().forEach(p -> samples.addAll(p.samples()));
        return samples;
    }

    /** That a plugin's reading was left out, since its name is one of the host's. */
    void dropped(Sample reading) {
        reading.labels().stream()
                .filter(l -> l.name().equals(SeriesNames.OWNER))
                .map(l -> plugins.get(l.value()))
                .filter(Objects::nonNull)
                .forEach(PluginMetrics::clashed);
    }

    private void forgetTheGone() {
        PluginRegistry known = registry;
        if (known != null) {
            List<PluginSnapshot> there = known.list();
            plugins.keySet()
                    .retainAll(
                            there.stream().map(PluginSnapshot::name).collect(Collectors.toSet()));
            there.forEach(this::serves);
        }
    }

    private void serves(PluginSnapshot plugin) {
        PluginMetrics metrics = plugins.get(plugin.name());
        String what = metrics == null ? "" : metrics.serves(plugin.generation());
        if (!what.isEmpty()) {
            LOG.info("plugin '{}' {}: metrics: {}", plugin.name(), plugin.version(), what);
        }
    }
}
