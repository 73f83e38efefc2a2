package io.trinity.telemetry;

import io.trinity.api.hook.HookBus;
import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.MetricSource;
import io.trinity.api.metric.Sample;
import io.trinity.api.metric.SamplePart;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One gathering: all samples there are, to all who want them. Where nobody does, nobody is asked
 * for any. Confined to one thread.
 */
final class MetricsCollection {
    /** Who is there at this instant. */
    record Present(
            List<MetricSource> sources, @Nullable HookBus hooks, List<MetricCollector> collectors) {
        Present {
            sources = List.copyOf(sources);
            collectors = List.copyOf(collectors);
        }
    }

    /** What a collector can write within its limits, whatever others have. */
    static final int MAX_LINES = 20_000;

    static final int MAX_BYTES = 2 << 20;

    private static final String HOOKS = "the hook bus";

    private final RecurringWarnings warnings;
    private final Gathering gathering;
    private final Reports reports;

    MetricsCollection(RecurringWarnings warnings, Reports reports) {
        this.warnings = warnings;
        this.gathering = new Gathering(warnings);
        this.reports = reports;
    }

    /** Gathers and hands over. */
    void run(Present present) {
        reports.keep(present.collectors());
        HookBus hooks = present.hooks();
        boolean listens = hooks != null && hooks.listens(HookPoint.ON_METRICS);
        if (!listens && present.collectors().isEmpty()) {
            return;
        }
        List<Sample> samples =
                SamplePart.of(gathering.of(present.sources()), MAX_LINES, MAX_BYTES).samples();
        if (hooks != null && listens) {
            give(hooks, samples);
        }
        reports.write(present.collectors(), samples);
        warnings.keep(names(present));
    }

    private void give(HookBus hooks, List<Sample> samples) {
        try {
            hooks.onMetrics(samples);
            warnings.fine(HOOKS);
        } catch (RuntimeException | Error e) {
            warnings.trouble(HOOKS, ErrorCode.INTERNAL.name(), e.toString());
        }
    }

    private static Set<String> names(Present present) {
        Set<String> names = new HashSet<>();
        names.add(HOOKS);
        present.sources().forEach(s -> names.add(Gathering.name(s)));
        present.collectors().forEach(c -> names.add("collector '" + c.name() + "'"));
        return names;
    }
}
