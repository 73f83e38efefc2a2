package io.trinity.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Interface {@code log}: lines of one plugin, to logger {@code plugin.NAME}. Cut at 4 KiB, control
 * characters escaped, so that a plugin can forge no line; past the rate limit dropped and counted.
 */
final class LogFunction implements HostFunction {
    private static final int MAX_LINE_BYTES = 4096;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final List<Level> LEVELS =
            List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);

    private final Logger logger;
    private final IntSupplier linesPerSecond;
    private final LongSupplier nanoClock;
    private long secondStart;
    private int linesInSecond;
    private long dropped;

    LogFunction(String plugin, IntSupplier linesPerSecond, LongSupplier nanoClock) {
        this.logger = LoggerFactory.getLogger("plugin." + plugin);
        this.linesPerSecond = linesPerSecond;
        this.nanoClock = nanoClock;
        this.secondStart = nanoClock.getAsLong();
    }

    @Override
    public @Nullable Object call(GuestState guest, Object[] arguments) {
        long missed;
        synchronized (this) {
            long now = nanoClock.getAsLong();
            if (now - secondStart >= SECOND_NANOS) {
                secondStart = now;
                linesInSecond = 0;
            }
            if (linesInSecond >= linesPerSecond.getAsInt()) {
                dropped++;
                return null;
            }
            linesInSecond++;
            missed = dropped;
            dropped = 0;
        }
        if (missed > 0) {
            logger.warn(
                    "{} lines were dropped: more than {} in a second",
                    missed,
                    linesPerSecond.getAsInt());
        }
        Level level = LEVELS.get((Integer) arguments[0]);
        if (logger.isEnabledForLevel(level)) {
            logger.atLevel(level).log("{}", line((String) arguments[1], (List<?>) arguments[2]));
        }
        return null;
    }

    /** Lines dropped since the last one that was not. */
    synchronized long droppedNow() {
        return dropped;
    }

    static String line(String message, List<?> fields) {
        StringBuilder line = new StringBuilder();
        append(line, message);
        for (Object field : fields) {
            Object[] pair = (Object[]) field;
            append(line, " ");
            append(line, (String) pair[0]);
            append(line, "=");
            append(line, (String) pair[1]);
            if (line.length() > MAX_LINE_BYTES) {
                break;
            }
        }
        return cut(line.toString());
    }

    private static void append(StringBuilder line, String text) {
        text.codePoints()
                .limit(MAX_LINE_BYTES + 1L)
                .forEach(
                        c -> {
                            if (c == '\t') {
                                line.append(' ');
                            } else if (Character.isISOControl(c)
                                    || c == 0x2028
                                    || c == 0x2029
                                    || Character.getType(c) == Character.FORMAT) {
                                line.append("\\u%04x".formatted(c));
                            } else {
                                line.appendCodePoint(c);
                            }
                        });
    }

    private static String cut(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_LINE_BYTES) {
            return line;
        }
        int end = MAX_LINE_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
    }
}
