package io.trinity.wasi;

import static io.trinity.wasi.Program.ANSWER;
import static io.trinity.wasi.Program.BUFFER;
import static io.trinity.wasi.Program.TEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ProcessTest {
    private static final long MILLISECOND = 1_000_000;

    private final Program program = new Program();

    @Test
    void itsOneArgumentIsThePluginsNameAndThereIsNoEnvironment() {
        program.well(WasiFunction.ARGS_SIZES_GET, ANSWER, ANSWER + 4);
        assertEquals(1, program.memory.getInt(ANSWER));
        assertEquals(6, program.memory.getInt(ANSWER + 4));
        program.well(WasiFunction.ARGS_GET, ANSWER, BUFFER);
        assertEquals(BUFFER, program.memory.getInt(ANSWER));
        assertEquals("lidar\0", program.memory.text(BUFFER, 6));
        program.memory.putLong(ANSWER, -1);
        program.well(WasiFunction.ENVIRON_SIZES_GET, ANSWER, ANSWER + 4);
        assertEquals(0, program.memory.getLong(ANSWER));
        program.well(WasiFunction.ENVIRON_GET, ANSWER, BUFFER);
        program.well(WasiFunction.SCHED_YIELD);
    }

    // ---- clocks

    @Test
    void theWallClockIsTheHosts() {
        long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        long told = time(0);
        long after = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 1);
        assertTrue(before <= told && told <= after, before + " " + told + " " + after);
    }

    @Test
    void theMonotonicClockBeginsWithTheGuest() {
        long first = time(1);
        long second = time(1);
        assertTrue(0 <= first && first <= second, first + " " + second);
        assertTrue(second < TimeUnit.MINUTES.toNanos(1), "the host's own was told: " + second);
    }

    @Test
    void theProcessorsClocksAreThoseOfTheCallAndOthersThereAreNone() {
        assertEquals(4321, time(2));
        assertEquals(4321, time(3));
        assertEquals(Errno.INVAL, program.call(WasiFunction.CLOCK_TIME_GET, 4, 0, ANSWER));
        assertEquals(Errno.INVAL, program.call(WasiFunction.CLOCK_TIME_GET, -1, 0, ANSWER));
        assertEquals(Errno.INVAL, program.call(WasiFunction.CLOCK_RES_GET, 4, ANSWER));
        for (int clock = 0; clock < 4; clock++) {
            program.well(WasiFunction.CLOCK_RES_GET, clock, ANSWER);
            assertTrue(program.memory.getLong(ANSWER) > 0);
        }
    }

    private long time(int clock) {
        program.well(WasiFunction.CLOCK_TIME_GET, clock, 0, ANSWER);
        return program.memory.getLong(ANSWER);
    }

    // ---- randomness

    @Test
    void randomBytesFillWhatWasAskedForAndNoMore() {
        program.well(WasiFunction.RANDOM_GET, BUFFER, 1000);
        byte[] first = program.memory.read(BUFFER, 1000);
        assertArrayEquals(new byte[24], program.memory.read(BUFFER + 1000, 24));
        program.well(WasiFunction.RANDOM_GET, BUFFER, 1000);
        assertFalse(Arrays.equals(first, program.memory.read(BUFFER, 1000)));
        assertTrue(
                new String(first, java.nio.charset.StandardCharsets.ISO_8859_1)
                                .chars()
                                .distinct()
                                .count()
                        > 100);
        assertEquals(2000, program.memory.lifted);
        assertTrue(program.host.spent > 0);
    }

    @Test
    void moreRandomBytesThanOneCallGivesAreRefused() {
        program.well(WasiFunction.RANDOM_GET, BUFFER, 1 << 16);
        program.memory.lifted = 0;
        assertEquals(Errno.INVAL, program.call(WasiFunction.RANDOM_GET, BUFFER, (1 << 16) + 1));
        assertEquals(0, program.memory.lifted);
    }

    // ---- the end

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1})
    void exitEndsTheCall(int code) {
        PluginException e =
                assertThrows(
                        PluginException.class, () -> program.call(WasiFunction.PROC_EXIT, code));
        assertEquals(ErrorCode.GUEST_TRAP, e.code());
        assertEquals("it called exit(" + code + ")", e.detail());
    }

    // ---- waiting

    @Test
    void waitingEndsWithTheFirstOfTheTimes() {
        timer(0, 11, 1, 5 * MILLISECOND, false);
        timer(1, 22, 0, TimeUnit.HOURS.toNanos(1), false);
        long begin = System.nanoTime();
        assertEquals(1, poll(2));
        assertTrue(System.nanoTime() - begin >= 5 * MILLISECOND);
        assertEquals(5 * MILLISECOND, program.host.waited);
        assertEquals(11, program.memory.getLong(BUFFER));
        assertEquals(0, program.memory.getLong(BUFFER + 8));
    }

    @Test
    void aTimeThatIsOverIsNotWaitedFor() {
        timer(0, 11, 1, 0, true);
        timer(1, 22, 0, 1, true);
        assertEquals(2, poll(2));
        assertEquals(22, program.memory.getLong(BUFFER + 32));
        assertEquals(0, program.host.waited);
    }

    @Test
    void whoWouldWaitForLongerThanItHasTimeIsEnded() {
        program.host.deadlineNanos = MILLISECOND;
        for (long nanos : new long[] {MILLISECOND, Long.MAX_VALUE, -1}) {
            timer(0, 11, 1, nanos, false);
            assertEquals(
                    ErrorCode.LIMIT_TIME,
                    assertThrows(PluginException.class, () -> poll(1)).code());
        }
    }

    @Test
    void filesCannotBeWaitedForNorStrangeClocks() {
        timer(0, 11, 7, 1, false);
        program.memory.putLong(TEXT + 48, 22);
        program.memory.putByte(TEXT + 48 + 8, (byte) 1);
        timer(2, 33, 1, TimeUnit.HOURS.toNanos(1), false);
        assertEquals(2, poll(3));
        assertEquals(Errno.INVAL.number(), program.memory.getShort(BUFFER + 8));
        assertEquals(22, program.memory.getLong(BUFFER + 32));
        assertEquals(Errno.NOTSUP.number(), program.memory.getShort(BUFFER + 40));
        assertEquals(1, program.memory.getByte(BUFFER + 42));
    }

    @Test
    void noneAndTooManyAreRefused() {
        assertEquals(Errno.INVAL, program.call(WasiFunction.POLL_ONEOFF, TEXT, BUFFER, 0, ANSWER));
        assertEquals(Errno.INVAL, program.call(WasiFunction.POLL_ONEOFF, TEXT, BUFFER, 65, ANSWER));
    }

    @Test
    void aHostThatEndsInterruptsTheWait() {
        timer(0, 11, 1, TimeUnit.HOURS.toNanos(1), false);
        Thread.currentThread().interrupt();
        assertEquals(Errno.INTR, program.call(WasiFunction.POLL_ONEOFF, TEXT, BUFFER, 1, ANSWER));
        assertTrue(Thread.interrupted());
    }

    private void timer(int i, long userdata, int clock, long nanos, boolean absolute) {
        int at = TEXT + 48 * i;
        program.memory.putLong(at, userdata);
        program.memory.putLong(at + 8, 0);
        program.memory.putInt(at + 16, clock);
        program.memory.putLong(at + 24, nanos);
        program.memory.putShort(at + 40, (short) (absolute ? 1 : 0));
    }

    private int poll(int n) {
        program.well(WasiFunction.POLL_ONEOFF, TEXT, BUFFER, n, ANSWER);
        return program.memory.getInt(ANSWER);
    }
}
