package io.trinity.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers as people read them. */
final class Units {
    private static final long KIB = 1024;

    private Units() {}

    /** {@code 512 B}, {@code 64.0 KiB}, {@code 1.5 MiB}. */
    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        double value = bytes;
        for (String unit : new String[] {"KiB", "MiB"}) {
            value /= KIB;
            if (value < KIB) {
                return String.format(Locale.ROOT, "%.1f %s", value, unit);
            }
        }
        return String.format(Locale.ROOT, "%.1f GiB", value / KIB);
    }

    /** {@code 12.3 us}, {@code 4.5 ms}, {@code 1.20 s}. */
    static String micros(double micros) {
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.1f us", micros);
        }
        if (micros < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", micros / 1_000);
        }
        return String.format(Locale.ROOT, "%.2f s", micros / 1_000_000);
    }

    /** {@code 2026-07-01T12:00:00.123Z}: nobody reads what is below a millisecond. */
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 0 min}, {@code 4 d 3 h}. */
    static String duration(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        if (time.toDays() < 1) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toDays() + " d " + time.toHoursPart() + " h";
    }
}
