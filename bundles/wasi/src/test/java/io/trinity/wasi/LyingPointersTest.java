package io.trinity.wasi;

import static io.trinity.wasi.Program.ANSWER;
import static io.trinity.wasi.Program.BUFFER;
import static io.trinity.wasi.Program.READ;
import static io.trinity.wasi.Program.SIZE;
import static io.trinity.wasi.Program.TEXT;
import static io.trinity.wasi.Program.VECTORS;
import static io.trinity.wasi.Program.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LyingPointersTest {
    private static final long LAST = SIZE - 1;
    private static final long FAR = 0xffff_ffffL;

    /** Right but for one argument, which points to where there is no room. */
    static Stream<Arguments> lies() {
        return Stream.of(
                lie(WasiFunction.ARGS_GET, LAST, BUFFER),
                lie(WasiFunction.ARGS_GET, BUFFER, LAST),
                lie(WasiFunction.ARGS_SIZES_GET, BUFFER, LAST - 2),
                lie(WasiFunction.ENVIRON_SIZES_GET, LAST, BUFFER),
                lie(WasiFunction.CLOCK_RES_GET, 0, LAST),
                lie(WasiFunction.CLOCK_TIME_GET, 0, 0, FAR),
                lie(WasiFunction.RANDOM_GET, LAST, 2),
                lie(WasiFunction.RANDOM_GET, 0, FAR),
                lie(WasiFunction.POLL_ONEOFF, LAST, BUFFER, 1, ANSWER),
                lie(WasiFunction.POLL_ONEOFF, TEXT, LAST, 1, ANSWER),
                lie(WasiFunction.POLL_ONEOFF, TEXT, BUFFER, 1, LAST),
                lie(WasiFunction.FD_FDSTAT_GET, 4, LAST),
                lie(WasiFunction.FD_FILESTAT_GET, 4, FAR - 7),
                lie(WasiFunction.FD_PRESTAT_GET, 3, LAST),
                lie(WasiFunction.FD_PRESTAT_DIR_NAME, 3, LAST, 2),
                lie(WasiFunction.FD_READ, 4, LAST, 1, ANSWER),
                lie(WasiFunction.FD_READ, 4, VECTORS, 1, LAST),
                lie(WasiFunction.FD_READ, 4, VECTORS + 8, 1, ANSWER),
                lie(WasiFunction.FD_READ, 4, VECTORS + 8, 2, ANSWER),
                lie(WasiFunction.FD_PREAD, 4, VECTORS + 16, 1, 0, ANSWER),
                lie(WasiFunction.FD_WRITE, 1, VECTORS + 8, 1, ANSWER),
                lie(WasiFunction.FD_WRITE, 4, VECTORS + 16, 1, ANSWER),
                lie(WasiFunction.FD_WRITE, 4, VECTORS, 1, FAR),
                lie(WasiFunction.FD_PWRITE, 4, VECTORS + 8, 1, 0, ANSWER),
                lie(WasiFunction.FD_SEEK, 4, 0, 0, LAST),
                lie(WasiFunction.FD_TELL, 4, LAST),
                lie(WasiFunction.FD_READDIR, 3, LAST, 2, 0, ANSWER),
                lie(WasiFunction.FD_READDIR, 3, BUFFER, 20, 0, LAST),
                lie(WasiFunction.PATH_OPEN, 3, 0, LAST, 2, 1, WRITE, 0, 0, ANSWER),
                lie(WasiFunction.PATH_OPEN, 3, 0, TEXT, 6, 9, WRITE, 0, 0, LAST),
                lie(WasiFunction.PATH_OPEN, 3, 0, 1, FAR, 1, WRITE, 0, 0, ANSWER),
                lie(WasiFunction.PATH_FILESTAT_GET, 3, 0, TEXT, 6, LAST),
                lie(WasiFunction.PATH_FILESTAT_GET, 3, 0, FAR, 6, BUFFER),
                lie(WasiFunction.PATH_READLINK, 3, TEXT, 6, LAST, 2, ANSWER),
                lie(WasiFunction.PATH_READLINK, 3, TEXT, 6, BUFFER, 2, LAST),
                lie(WasiFunction.PATH_CREATE_DIRECTORY, 3, LAST, 2),
                lie(WasiFunction.PATH_REMOVE_DIRECTORY, 3, LAST, 2),
                lie(WasiFunction.PATH_UNLINK_FILE, 3, TEXT, FAR));
    }

    private static Arguments lie(WasiFunction function, long... arguments) {
        return Arguments.of(function, arguments);
    }

    private static Program program() {
        Program program = new Program();
        program.file("maps/a", "0123456789");
        assertEquals(4, program.open("maps/a", 0, READ | WRITE));
        program.text("maps/a");
        int[] areas = {BUFFER, 4, (int) LAST, 2, BUFFER, -1};
        for (int i = 0; i < areas.length; i++) {
            program.memory.putInt(VECTORS + 4 * i, areas[i]);
        }
        program.host.asked.clear();
        program.memory.lifted = 0;
        return program;
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aLieEndsTheCallAndChangesNothing(WasiFunction function, long[] arguments) {
        Program program = program();
        PluginException e =
                assertThrows(PluginException.class, () -> program.call(function, arguments));
        assertEquals(ErrorCode.GUEST_ABI, e.code());
        assertTrue(e.detail().startsWith(function.label() + ": "), e.detail());
        assertEquals("0123456789", program.content("maps/a"));
        assertTrue(
                program.host.asked.stream().noneMatch(q -> q.contains("posix") || q.contains("ch")),
                program.host.asked::toString);
        assertTrue(program.memory.lifted < 100, "lifted " + program.memory.lifted);
    }

    @Test
    void soManyAreasAreNotLookedAt() {
        Program program = program();
        for (long n : new long[] {1025, FAR}) {
            assertEquals(Errno.INVAL, program.call(WasiFunction.FD_WRITE, 1, VECTORS, n, ANSWER));
            assertEquals(Errno.INVAL, program.call(WasiFunction.FD_READ, 4, VECTORS, n, ANSWER));
        }
        program.well(WasiFunction.FD_WRITE, 1, BUFFER, 1024, ANSWER);
        assertEquals(0, program.memory.getInt(ANSWER));
    }

    @Provide
    Arbitrary<List<Long>> arguments() {
        Arbitrary<Long> likely =
                Arbitraries.of(
                        0L,
                        1L,
                        2L,
                        3L,
                        4L,
                        5L,
                        6L,
                        16L,
                        63L,
                        64L,
                        1L << 16,
                        FAR,
                        FAR - 3,
                        -1L,
                        1L << 31,
                        1L << 32,
                        1L << 63,
                        Long.MAX_VALUE,
                        LAST,
                        (long) SIZE,
                        (long) TEXT,
                        (long) BUFFER,
                        (long) VECTORS,
                        VECTORS + 8L,
                        1L << 20);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, likely),
                        net.jqwik.api.Tuple.of(1, Arbitraries.longs()))
                .list()
                .ofSize(9);
    }

    @Provide
    Arbitrary<List<WasiFunction>> functions() {
        return Arbitraries.of(
                        Arrays.stream(WasiFunction.values()).filter(WasiFunction::served).toList())
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** Whatever is passed: an error number, or an exception that is the plugin's own. */
    @Property(tries = 5000)
    void nothingElseThanAnswersAndTheGuestsOwnFaultsComesOut(
            @ForAll("functions") List<WasiFunction> functions,
            @ForAll("arguments") List<Long> values) {
        Program program = program();
        program.host.deadlineNanos = 1000;
        for (WasiFunction f : functions) {
            List<ValueType> types = f.signature().parameters();
            long[] a = values.stream().limit(types.size()).mapToLong(v -> v).toArray();
            try {
                program.call(f, a);
            } catch (PluginException e) {
                assertTrue(
                        List.of(ErrorCode.GUEST_ABI, ErrorCode.GUEST_TRAP, ErrorCode.LIMIT_TIME)
                                .contains(e.code()),
                        e.getMessage());
            }
        }
        program.wasi.endOfCall();
        program.wasi.close();
        assertEquals(0, program.host.held);
    }
}
