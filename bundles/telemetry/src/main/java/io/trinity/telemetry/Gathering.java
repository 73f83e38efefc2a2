package io.trinity.telemetry;

import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ReservedNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks sources. The one place where they are called. For one thread at a time. */
final class Gathering {
    private final RecurringWarnings warnings;

    Gathering(RecurringWarnings warnings) {
        this.warnings = warnings;
    }

    /**
     * The readings of all; one that fails costs its own. A plugin's whose name is one of the host's
     * in any exporter's spelling is dropped and counted.
     */
    List<Sample> of(List<MetricSource> sources) {
        List<Sample> samples = new ArrayList<>();
        Set<String> hosts = new HashSet<>();
        for (MetricSource source : sources) {
            if (!(source instanceof MetricsComponent)) {
                List<Sample> read = read(source);
                samples.addAll(read);
                read.forEach(s -> hosts.add(SeriesNames.spelled(s.name())));
            }
        }
        for (MetricSource source : sources) {
            if (source instanceof MetricsComponent plugins) {
                samples.addAll(others(plugins, read(source), hosts));
            }
        }
        return List.copyOf(samples);
    }

    private static List<Sample> others(
            MetricsComponent plugins, List<Sample> read, Set<String> hosts) {
        return read.stream()
                .filter(
                        s -> {
                            boolean clashes =
                                    !ReservedNames.isWithinReserved(s.name())
                                            && hosts.contains(SeriesNames.spelled(s.name()));
                            if (clashes) {
                                plugins.dropped(s);
                            }
                            return !clashes;
                        })
                .toList();
    }

    private List<Sample> read(MetricSource source) {
        String who = name(source);
        try {
            List<Sample> read = List.copyOf(source.samples());
            warnings.fine(who);
            return read;
        } catch (RuntimeException | Error e) {
            warnings.trouble(who, ErrorCode.INTERNAL.name(), e.toString());
            return List.of();
        }
    }

    /** What complaints call a source. */
    static String name(MetricSource source) {
        return "metric source "
                + source.getClass().getName()
                + "@"
                + Integer.toHexString(System.identityHashCode(source));
    }
}
