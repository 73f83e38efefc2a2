package io.trinity.logback;

import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells standard error when a log cannot be written (its folder is not to be written to, the disk
 * is full), and when it goes on: there is no other place left for it. What is not valid in a
 * configuration {@link LogConfiguration} tells. One line for each trouble, at most once a minute.
 * Named by {@code conf/logback.xml}.
 */
public final class LogTrouble extends ContextAwareBase implements StatusListener {
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_KEYS = 64;
    private static final String RECOVERED = "Recovered from IO failure";

    private final Supplier<PrintStream> out;
    private final LongSupplier nanoClock;
    private final Map<String, Long> told = new HashMap<>();

    /** For Logback. */
    public LogTrouble() {
        this(() -> System.err, System::nanoTime);
    }

    LogTrouble(Supplier<PrintStream> out, LongSupplier nanoClock) {
        this.out = out;
        this.nanoClock = nanoClock;
    }

    @Override
    public void addStatusEvent(Status status) {
        String message = String.valueOf(status.getMessage());
        boolean recovered = message.startsWith(RECOVERED);
        if ((status.getLevel() < Status.ERROR && !recovered)
                || (isBeingConfigured() && Faults.isFault(status))
                || !isNew(message)) {
            return;
        }
        Throwable cause = status.getThrowable();
        // The log must not be asked to tell of itself.
        out.get()
                .println(
                        "trinity: log: "
                                + message
                                + (cause == null ? "" : ": " + cause.getMessage())
                                + (recovered
                                        ? ""
                                        : "; the host goes on, and what it would log is lost; make"
                                                + " room in log/ and check who may write there"));
    }

    private boolean isBeingConfigured() {
        return getContext() != null
                && getContext().getStatusManager().getCopyOfStatusListenerList().stream()
                        .anyMatch(Faults.class::isInstance);
    }

    private synchronized boolean isNew(String message) {
        long now = nanoClock.getAsLong();
        told.values().removeIf(t -> now - t >= EVERY_NANOS);
        return told.size() < MAX_KEYS && told.putIfAbsent(message, now) == null;
    }
}
