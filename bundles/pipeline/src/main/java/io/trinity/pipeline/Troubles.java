package io.trinity.pipeline;

import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.plugin.ErrorCode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds a pipeline up now. Logged once when it begins, when its words change, and when it is
 * over. Thread-safe.
 */
final class Troubles {
    /** The kinds, the gravest first; a pipeline is shown with that one. */
    enum Kind {
        /** The configuration does not hold. */
        CONFIGURATION(PipelineState.REFUSED),
        /** A folder is not there or not open to the host. */
        FOLDER(PipelineState.STUCK),
        /** Results cannot be written, whatever the input. */
        OUTBOX(PipelineState.STUCK),
        /** A stage that the pipeline names does not serve. */
        STAGE(PipelineState.WAITING);

        private final PipelineState state;

        Kind(PipelineState state) {
            this.state = state;
        }

        /** The state of a pipeline that has such a trouble. */
        PipelineState state() {
            return state;
        }
    }

    private record Entry(ErrorCode code, String message, Instant since, long sinceNanos) {}

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final String pipeline;
    private final BooleanSupplier hostEnds;
    private final Map<Kind, Entry> entries = new EnumMap<>(Kind.class);

    /**
     * @param hostEnds whether the host comes to its end: what is missing then holds nobody up
     */
    Troubles(String pipeline, BooleanSupplier hostEnds) {
        this.pipeline = pipeline;
        this.hostEnds = hostEnds;
    }

    /** It is so, perhaps since long: the time of its beginning stays while its kind does. */
    synchronized void tell(Kind kind, ErrorCode code, String message) {
        Entry before = entries.get(kind);
        if (hostEnds.getAsBoolean()
                || before != null && before.code == code && before.message.equals(message)) {
            return;
        }
        Entry now =
                before == null
                        ? new Entry(code, message, Instant.now(), System.nanoTime())
                        : new Entry(code, message, before.since, before.sinceNanos);
        entries.put(kind, now);
        LOG.warn("pipeline={} is held up: code={} {}", pipeline, code, message);
    }

    /** It is so no longer; nothing where it was not. */
    synchronized void over(Kind kind) {
        Entry before = entries.remove(kind);
        if (before != null) {
            LOG.info(
                    "pipeline={} goes on after {} ms: code={} is over",
                    pipeline,
                    millisSince(before.sinceNanos),
                    before.code);
        }
    }

    /** The state that the gravest asks for. */
    synchronized Optional<PipelineState> state() {
        return entries.keySet().stream().findFirst().map(Kind::state);
    }

    /** The gravest. */
    synchronized Optional<Trouble> gravest() {
        return entries.values().stream()
                .findFirst()
                .map(e -> new Trouble(e.code, e.message, e.since, millisSince(e.sinceNanos)));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
