package io.trinity.telemetry;

import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Asks sources. The one place where they are called. For one thread at a time. */
final class Gathering {
    private final Complaints complaints;

    Gathering(Complaints complaints) {
        this.complaints = complaints;
    }

    /** The readings of all; one that fails costs its own. */
    List<Sample> of(List<MetricSource> sources) {
        List<Sample> samples = new ArrayList<>();
        for (MetricSource source : sources) {
            add(samples, source);
        }
        return List.copyOf(samples);
    }

    private void add(List<Sample> samples, MetricSource source) {
        String who = name(source);
        try {
            samples.addAll(List.copyOf(source.samples()));
            complaints.fine(who);
        } catch (RuntimeException | Error e) {
            complaints.trouble(who, ErrorCode.INTERNAL.name(), e.toString());
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
