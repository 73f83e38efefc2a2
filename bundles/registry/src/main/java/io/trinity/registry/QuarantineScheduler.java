package io.trinity.registry;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.registry.PluginEntry.Serving;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Takes a plugin that traps too often out of service, and lets it serve again: after a while, or
 * when the operator says so. How often and how long is for its {@link Quarantine} to say.
 */
final class QuarantineScheduler {
    private static final long RETRY_DELAY_MILLIS = 1_000;

    private final Entries entries;
    private final Later later;

    /** What is to be done in a while, on any thread. */
    interface Later {
        void in(long millis, Runnable work);
    }

    QuarantineScheduler(Entries entries, Later later) {
        this.entries = entries;
        this.later = later;
    }

    /**
     * One trap more of a plugin that serves: perhaps one too many. Counted under the registry's
     * lock: otherwise a swap in between would leave the new generation in a quarantine that is the
     * old one's.
     */
    void trapped(PluginEntry e, Serving generation, PluginException cause) {
        entries.change(
                () -> {
                    if (e.serving() != generation) {
                        return;
                    }
                    long millis = e.quarantine().trapped(cause.code());
                    if (millis > 0) {
                        begin(e, cause, millis);
                    }
                });
    }

    private void begin(PluginEntry e, PluginException cause, long millis) {
        if (e.state() != PluginState.ACTIVE) {
            // A newer version is on its way, or it is paused or ending anyway.
            e.quarantine().end();
            return;
        }
        e.fault(
                Optional.of(
                        Fault.of(
                                PluginException.of(
                                        ErrorCode.QUARANTINED,
                                        e.ref(),
                                        "it trapped too often, at last by %s, and is tried again at %s, after %s ms"
                                                .formatted(cause.code(), at(millis), millis),
                                        "plugin:log %1$s tells of the traps; plugin:retry %1$s tries now"
                                                .formatted(e.name())))));
        entries.move(e, PluginState.ERROR);
        long which = e.quarantine().begun();
        later.in(millis, () -> end(e, which));
    }

    /** So long from now, by the machine's clock, for people: to the second, and not before. */
    private static Instant at(long millis) {
        return Instant.now().plusMillis(millis + 999).truncatedTo(ChronoUnit.SECONDS);
    }

    private void end(PluginEntry e, long which) {
        entries.change(
                () -> {
                    if (!e.quarantine().on() || e.quarantine().begun() != which) {
                        return;
                    }
                    if (e.state() == PluginState.LOADING) {
                        // A newer version is being made ready; it takes over, or this one goes on.
                        later.in(RETRY_DELAY_MILLIS, () -> end(e, which));
                        return;
                    }
                    e.quarantine().end();
                    if (e.fault().filter(f -> f.code() == ErrorCode.QUARANTINED).isPresent()) {
                        e.fault(Optional.empty());
                    }
                    entries.move(e, PluginState.LOADING);
                    entries.move(e, PluginState.ACTIVE);
                });
    }

    /**
     * Lets it serve again now.
     *
     * @throws PluginException NOT_FOUND; ILLEGAL_TRANSITION where it is in no quarantine
     */
    void end(String name) {
        PluginEntry e = entries.existing(name);
        if (!e.quarantine().on()) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    e.ref(),
                    "it is " + e.state().label() + " and in no quarantine",
                    "");
        }
        end(e, e.quarantine().begun());
    }
}
