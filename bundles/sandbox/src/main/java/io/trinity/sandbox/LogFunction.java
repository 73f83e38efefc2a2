package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.host.Log;
import io.trinity.api.log.OncePerSecond.Later;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Interface {@code log}: lines of one plugin, to logger {@code plugin.NAME}. Cut at 4 KiB, control
 * characters escaped, so that a plugin can forge no line.
 *
 * <p>In each second {@code logLines} lines are written of WARN, as many of ERROR, and as many of
 * all other levels together: no flood of one keeps out another. What is past that is dropped, told
 * in one line within a second. The last {@link #KEPT} lines of a guest are written after all when
 * it traps: of all its traps {@code logLines} in a second, and at least those of one. One for all
 * generations of a plugin. Thread-safe.
 */
final class LogFunction {
    /** Lines before a trap that are kept, whatever else was written. */
    static final int KEPT = 20;

    private static final int MAX_LINE_BYTES = 4096;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long SECOND_MILLIS = 1000;

    /** Where those are counted that share one limit. */
    private static final int OTHERS = Level.INFO.ordinal();

    /** Where lines before traps are counted: no level has that place. */
    private static final int LAST_WORDS = Level.TRACE.ordinal();

    /** A line that was not written. */
    private record Dropped(GuestState guest, Level level, String line) {}

    private final String plugin;
    private final Logger logger;
    private final IntSupplier linesPerSecond;
    private final LongSupplier nanoClock;
    private final Later later;
    private final int[] linesInSecond = new int[Level.values().length];
    private final Deque<Dropped> kept = new ArrayDeque<>();
    private long secondStart;
    private long dropped;
    private boolean noticeDue;

    /**
     * @param linesPerSecond asked at each line
     * @param later tells of what was dropped
     */
    LogFunction(String plugin, IntSupplier linesPerSecond, LongSupplier nanoClock, Later later) {
        this.plugin = plugin;
        this.logger = LoggerFactory.getLogger("plugin." + plugin);
        this.linesPerSecond = linesPerSecond;
        this.nanoClock = nanoClock;
        this.later = later;
        this.secondStart = nanoClock.getAsLong();
    }

    /** Writes one line, or drops and counts it. */
    void log(GuestState guest, Log.Level severity, String message, List<Attribute> fields) {
        Level level = Level.valueOf(severity.name());
        if (!logger.isEnabledForLevel(level)) {
            // What nobody would see takes no other line's place.
            return;
        }
        int limit = linesPerSecond.getAsInt();
        if (mayWrite(level, limit)) {
            logger.atLevel(level).log("{}", line(message, fields));
        } else if (limit > 0) {
            drop(new Dropped(guest, level, line(message, fields)));
        }
    }

    private boolean mayWrite(Level level, int limit) {
        return mayWrite(
                level == Level.ERROR || level == Level.WARN ? level.ordinal() : OTHERS, limit);
    }

    private synchronized boolean mayWrite(int share, int limit) {
        long now = nanoClock.getAsLong();
        if (now - secondStart >= SECOND_NANOS) {
            secondStart = now;
            Arrays.fill(linesInSecond, 0);
        }
        if (linesInSecond[share] >= limit) {
            return false;
        }
        linesInSecond[share]++;
        return true;
    }

    private void drop(Dropped line) {
        long wait;
        synchronized (this) {
            dropped++;
            kept.addLast(line);
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
            if (noticeDue) {
                return;
            }
            noticeDue = true;
            wait = SECOND_NANOS - (nanoClock.getAsLong() - secondStart);
        }
        later.in(Math.min(SECOND_MILLIS, Math.max(1, wait / 1_000_000)), this::notice);
    }

    private void notice() {
        long missed;
        synchronized (this) {
            noticeDue = false;
            missed = dropped;
            dropped = 0;
        }
        if (missed > 0) {
            logger.warn(
                    "{} lines were dropped: more than {} of a level in a second; raise logLines in"
                            + " {}",
                    missed,
                    linesPerSecond.getAsInt(),
                    Places.ofPlugin(plugin));
        }
    }

    /** A guest's call ended in an error: its last lines are written, if they were dropped. */
    void trapped(GuestState guest) {
        int limit = Math.max(KEPT, linesPerSecond.getAsInt());
        List<Dropped> last;
        synchronized (this) {
            List<Dropped> all = kept.stream().filter(d -> d.guest() == guest).toList();
            kept.removeAll(all);
            // Who traps often writes no more for it than who logs.
            last = all.stream().filter(d -> mayWrite(LAST_WORDS, limit)).toList();
            dropped = Math.max(0, dropped - last.size());
        }
        for (Dropped d : last) {
            logger.atLevel(d.level()).log("{}", d.line());
        }
    }

    /** A guest is gone, and this outlives it: nothing of it is kept. */
    synchronized void gone(GuestState guest) {
        kept.removeIf(d -> d.guest() == guest);
    }

    /** Lines dropped that nobody was told of yet. */
    synchronized long droppedNow() {
        return dropped;
    }

    static String line(String message, List<Attribute> fields) {
        StringBuilder line = new StringBuilder();
        append(line, message);
        for (Attribute field : fields) {
            append(line, " ");
            append(line, field.name());
            append(line, "=");
            append(line, field.value());
            if (line.length() > MAX_LINE_BYTES) {
                break;
            }
        }
        return cut(line.toString());
    }

    private static void append(StringBuilder line, String text) {
        line.append(Escaped.logged(text.replace('\t', ' '), MAX_LINE_BYTES));
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
