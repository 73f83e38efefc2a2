package io.trinity.hooks;

import io.trinity.api.plugin.Plugin;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One hook of one plugin, with what became of its calls. Thread-safe. */
final class Hook {
    private static final Logger LOG = LoggerFactory.getLogger(Hook.class);
    private static final String OK = "";
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Plugin plugin;
    private final DeclaredHook declared;
    private final LongAdder calls = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile String lastOutcome = OK;
    private volatile long lastToldNanos = System.nanoTime() - TOLD_NANOS;
    private volatile boolean required;

    Hook(Plugin plugin, DeclaredHook declared) {
        this.plugin = plugin;
        this.declared = declared;
    }

    Plugin plugin() {
        return plugin;
    }

    DeclaredHook declared() {
        return declared;
    }

    /** Whether nothing goes on where it fails. */
    boolean required() {
        return required;
    }

    void required(boolean now) {
        required = now;
    }

    /** It answered as it should. */
    void succeeded(long wallNanos) {
        calls.increment();
        nanos.add(wallNanos);
        lastOutcome = OK;
    }

    /** It failed while it was called. */
    void failed(long wallNanos, String code, String message) {
        calls.increment();
        nanos.add(wallNanos);
        refused(code, message);
    }

    /**
     * It was not called. Told of once, until the reason changes, and at most once a second: there
     * may be a call a chunk, and reasons may change with each. Each fault of its own is in the
     * registry's log.
     */
    void refused(String code, String message) {
        skipped.increment();
        long now = System.nanoTime();
        if (!lastOutcome.equals(code) && now - lastToldNanos >= TOLD_NANOS) {
            lastOutcome = code;
            lastToldNanos = now;
            LOG.warn(
                    "plugin={} hook={} {} code={} {}",
                    plugin.name(),
                    declared.place(),
                    required ? "failed, and nothing goes on without it:" : "skipped",
                    code,
                    message);
        }
    }

    long calls() {
        return calls.sum();
    }

    long skipped() {
        return skipped.sum();
    }

    /** Mean wall time in microseconds; 0 before the first call. */
    double averageMicros() {
        long n = calls.sum();
        return n == 0 ? 0 : nanos.sum() / 1000.0 / n;
    }
}
