package io.trinity.pipeline;

import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Sample;
import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.stream.Chunk.Attribute;
import java.util.List;
import java.util.Locale;

/** What waits in a pipeline and what holds it up, as metrics. Pure. */
final class WaitingSamples {
    private static final double MILLIS_PER_SECOND = 1000;

    private WaitingSamples() {}

    static List<Sample> of(PipelineStatus p) {
        return List.of(
                gauge("waiting", "1", p, p.waiting().inputs()),
                gauge("left", "1", p, p.waiting().left().files()),
                gauge("oldest-waiting", "s", p, p.waiting().oldestMillis() / MILLIS_PER_SECOND),
                gauge("stuck", "1", p, stuck(p) ? 1 : 0),
                gauge(
                        "trouble",
                        "s",
                        p,
                        p.trouble().map(Trouble::lastingMillis).orElse(0L) / MILLIS_PER_SECOND),
                // One series per state would be six for each pipeline, five of them 0.
                new Sample(
                        "trinity.pipeline.state",
                        "1",
                        List.of(
                                new Attribute("pipeline", p.name()),
                                new Attribute("state", p.state().name().toLowerCase(Locale.ROOT))),
                        new Gauge(1)));
    }

    private static boolean stuck(PipelineStatus p) {
        return p.state() == PipelineState.STUCK || p.state() == PipelineState.REFUSED;
    }

    private static Sample gauge(String name, String unit, PipelineStatus p, double value) {
        return new Sample(
                "trinity.pipeline." + name,
                unit,
                List.of(new Attribute("pipeline", p.name())),
                new Gauge(value));
    }
}
