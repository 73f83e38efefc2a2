package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Log.Level;
import io.trinity.api.stream.Chunk.Attribute;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFunctionTest {
    private static final long SECOND = 1_000_000_000L;

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final List<Runnable> due = new ArrayList<>();
    private final AtomicInteger limit = new AtomicInteger(3);
    private final LogFunction log =
            new LogFunction("chatty", limit::get, clock::get, (millis, work) -> due.add(work));
    private final GuestState guest = Guests.state();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    @Test
    void aLineGoesToThePluginsOwnLoggerWithLevelAndFields() {
        limit.set(5);
        for (Level level : Level.values()) {
            log(level, "m", new Attribute("key", "value"), new Attribute("n", "1"));
        }
        assertEquals(
                Stream.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR")
                        .map(l -> l + " plugin.chatty - m key=value n=1")
                        .toList(),
                lines());
    }

    @Test
    void aPluginCannotForgeALine() {
        log(
                Level.INFO,
                "a\nINFO plugin.other - b\r\u001b[31m",
                new Attribute("k\n", "v\u2028\u202e"));
        assertEquals(
                List.of(
                        "INFO plugin.chatty - a\\u{a}INFO plugin.other - b\\u{d}\\u{1b}[31m"
                                + " k\\u{a}=v\\u{2028}\\u{202e}"),
                lines());
        assertEquals("a b{}%s", LogFunction.line("a\tb{}%s", List.of()));
    }

    @Test
    void aLineIsCutAt4KiBBetweenCharacters() {
        assertEquals("x".repeat(4096), LogFunction.line("x".repeat(4096), List.of()));
        assertEquals("x".repeat(4096) + "…", LogFunction.line("x".repeat(4097), List.of()));
        assertEquals(
                "x" + "é".repeat(2047) + "…", LogFunction.line("x" + "é".repeat(2048), List.of()));
        assertEquals(
                "xx" + "😀".repeat(1023) + "…",
                LogFunction.line("xx" + "😀".repeat(1024), List.of()));
    }

    @Test
    void fieldsCountTowardsTheLineAndThosePastItsEndAreNotLookedAt() {
        Attribute pair = new Attribute("k".repeat(100), "v".repeat(100));
        List<Attribute> endless =
                new AbstractList<>() {
                    @Override
                    public Attribute get(int index) {
                        assertTrue(index < 100, "it goes on past the end of the line");
                        return pair;
                    }

                    @Override
                    public int size() {
                        return Integer.MAX_VALUE;
                    }
                };
        String line = LogFunction.line("m", endless);
        assertEquals(4096 + 3, line.getBytes(StandardCharsets.UTF_8).length);
        assertTrue(line.startsWith("m kkk"), line);
    }

    @Test
    void aHugeMessageCostsNoMoreThanALine() {
        String huge = "\u0001".repeat(20_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(3), () -> LogFunction.line(huge, List.of()));
    }

    @Property
    void everyLineIsOneShortLine(@ForAll String message, @ForAll String key, @ForAll String value) {
        String line = LogFunction.line(message, List.of(new Attribute(key, value)));
        assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 4096 + 3);
        assertFalse(
                line.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029));
    }

    @Test
    void linesPastTheLimitOfASecondAreDroppedAndToldAtItsEndWithoutAnotherLine() {
        for (int i = 0; i < 10; i++) {
            log(Level.INFO, "first");
        }
        assertEquals(3, lines().size());
        assertEquals(7, log.droppedNow());

        // The clock wraps round here, as System.nanoTime() may.
        clock.addAndGet(SECOND - 1);
        log(Level.INFO, "still the same second");
        assertEquals(3, lines().size());
        assertEquals(1, due.size());

        clock.addAndGet(1);
        due.remove(0).run();
        assertEquals(
                "WARN plugin.chatty - 8 lines were dropped: more than 3 of a level in a second;"
                        + " raise logLines in conf/io.trinity.plugin-chatty.cfg",
                lines().get(3));
        assertEquals(0, log.droppedNow());
        log(Level.INFO, "second");
        assertEquals("INFO plugin.chatty - second", lines().get(4));
    }

    @Test
    void aFloodOfOneLevelKeepsOutNoWarningAndNoError() {
        for (int i = 0; i < 100; i++) {
            log(Level.INFO, "noise");
        }
        for (int i = 0; i < 100; i++) {
            log(Level.WARN, "careful");
        }
        log(Level.ERROR, "the one line that matters");
        assertEquals(7, lines().size());
        assertEquals("ERROR plugin.chatty - the one line that matters", lines().get(6));
    }

    @Test
    void theLastLinesOfAGuestThatTrapsAreWrittenAfterAll() {
        for (int i = 0; i < 100; i++) {
            log(Level.INFO, "line " + i);
        }
        log.log(Guests.state(), Level.INFO, "of another guest", List.of());
        log.trapped(guest);
        List<String> lines = lines();
        assertEquals(3 + LogFunction.KEPT - 1, lines.size());
        assertEquals("INFO plugin.chatty - line 99", lines.get(lines.size() - 1));
        log.trapped(guest);
        assertEquals(lines.size(), lines().size());
    }

    @Test
    void whoeverTrapsAgainAndAgainWritesNoMoreForIt() {
        limit.set(30);
        for (int trap = 0; trap < 50; trap++) {
            for (int i = 0; i < 100; i++) {
                log(Level.INFO, "line " + i);
            }
            log.trapped(guest);
        }
        assertEquals(30 + 30, lines().size());
        assertEquals(50 * 100 - 60, log.droppedNow());

        clock.addAndGet(SECOND);
        limit.set(3);
        for (int i = 0; i < 100; i++) {
            log(Level.INFO, "a second later " + i);
        }
        log.trapped(guest);
        assertEquals(60 + 3 + LogFunction.KEPT, lines().size(), "those of one trap in any case");
    }

    @Test
    void aLimitOfNoneIsSilence() {
        limit.set(0);
        for (int i = 0; i < 5; i++) {
            log(Level.ERROR, "silenced");
            clock.addAndGet(SECOND);
        }
        log.trapped(guest);
        assertEquals(List.of(), lines());
        assertEquals(List.of(), due);
    }

    private void log(Level level, String message, Attribute... fields) {
        log.log(guest, level, message, List.of(fields));
    }

    private List<String> lines() {
        String all = written.toString(StandardCharsets.UTF_8);
        return all.isEmpty() ? List.of() : List.of(all.split("\n"));
    }
}
