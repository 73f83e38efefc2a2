package io.trinity.healthcheck;

import io.trinity.api.pipeline.PipelineStatus;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;

/**
 * How the pipelines are: the worst of them decides. Pure.
 *
 * <p>OK: it works, or has nothing to do. WARN: a hook refused the newest input.
 * TEMPORARILY_UNAVAILABLE: inputs wait for plugins. CRITICAL: it is stuck, or its configuration
 * does not hold.
 */
final class PipelinesHealth {
    private PipelinesHealth() {}

    static Result of(List<PipelineStatus> pipelines) {
        FormattingResultLog log = new FormattingResultLog();
        for (PipelineStatus p : pipelines) {
            String who = "pipeline '" + p.name() + "'";
            switch (p.state()) {
                case IDLE, WORKING -> log.info("{} is {}", who, p.state().label());
                case VETOED -> log.warn("{}: a hook refused the newest input", who);
                case WAITING ->
                        log.temporarilyUnavailable("{} waits for plugins: {}", who, reason(p));
                case STUCK, REFUSED ->
                        log.critical("{} is {}: {}", who, p.state().label(), reason(p));
            }
        }
        if (pipelines.isEmpty()) {
            log.info("there are no pipelines");
        }
        return new Result(log);
    }

    private static String reason(PipelineStatus p) {
        String why =
                p.trouble()
                        .map(t -> t.code() + " since " + t.since() + ": " + t.message())
                        .orElse("they are being loaded");
        String inWork = p.working().isEmpty() ? "" : "'%s' is in work, ".formatted(p.working());
        return "%s; %s%s inputs wait, the oldest for %s ms"
                .formatted(why, inWork, p.waiting().inputs(), p.waiting().oldestMillis());
    }
}
