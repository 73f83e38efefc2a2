package io.trinity.wasi;

import static io.trinity.wasi.Program.ANSWER;
import static io.trinity.wasi.Program.BUFFER;
import static io.trinity.wasi.Program.READ;
import static io.trinity.wasi.Program.ROOT;
import static io.trinity.wasi.Program.VECTORS;
import static io.trinity.wasi.Program.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest {
    private static final int CREATE = 1;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;
    private static final int APPEND = 1;
    private static final int SET = 0;
    private static final int CURRENT = 1;
    private static final int END = 2;

    private final Program program = new Program();

    // ---- reading

    @Test
    void aFileIsReadFromWhereTheLastReadEnded() {
        program.file("maps/a", "0123456789");
        int fd = program.open("maps/a", 0, READ);
        assertEquals("012", program.read(fd, 3));
        assertEquals("34567", program.read(fd, 2, 0, 3));
        assertEquals("89", program.read(fd, 100));
        assertEquals("", program.read(fd, 100));
        assertEquals(List.of("files.stat maps/a"), program.host.asked.subList(0, 1));
    }

    @Test
    void areasAreFilledInTheirOrderAndNotBeyondWhatWasRead() {
        program.file("maps/a", "abcde");
        int fd = program.open("maps/a", 0, READ);
        program.memory.putInt(VECTORS, BUFFER + 100);
        program.memory.putInt(VECTORS + 4, 2);
        program.memory.putInt(VECTORS + 8, BUFFER);
        program.memory.putInt(VECTORS + 12, 50);
        program.well(WasiFunction.FD_READ, fd, VECTORS, 2, ANSWER);
        assertEquals("ab", program.memory.text(BUFFER + 100, 2));
        assertEquals("cde\0", program.memory.text(BUFFER, 4));
    }

    @Test
    void anAreaOverItsOwnArrayIsFilledAsItWasWhenItWasRead() {
        program.file("maps/a", "\0".repeat(16) + "tail");
        int fd = program.open("maps/a", 0, READ);
        program.memory.putInt(VECTORS, VECTORS);
        program.memory.putInt(VECTORS + 4, 16);
        program.memory.putInt(VECTORS + 8, BUFFER);
        program.memory.putInt(VECTORS + 12, 16);
        program.well(WasiFunction.FD_READ, fd, VECTORS, 2, ANSWER);
        assertEquals("tail", program.memory.text(BUFFER, 4));
    }

    @Test
    void ofALongReadSoMuchIsDoneAndTold() {
        program.host.files.put("maps/a", new byte[3 << 20]);
        int fd = program.open("maps/a", 0, READ);
        assertEquals(1 << 20, program.read(fd, 1 << 19, 1 << 19, 1 << 20).length());
        assertEquals(2L * "maps/a".length(), program.memory.lifted);
    }

    @Test
    void preadLeavesThePositionAlone() {
        program.file("maps/a", "0123456789");
        int fd = program.open("maps/a", 0, READ);
        program.read(fd, 1);
        program.well(WasiFunction.FD_PREAD, fd, VECTORS, program.areas(4), 5, ANSWER);
        assertEquals("5678", program.memory.text(BUFFER, program.memory.getInt(ANSWER)));
        assertEquals("1", program.read(fd, 1));
        int n = program.areas(4);
        assertEquals(Errno.INVAL, program.call(WasiFunction.FD_PREAD, fd, VECTORS, n, -1, ANSWER));
        assertEquals(Errno.SPIPE, program.call(WasiFunction.FD_PREAD, 0, VECTORS, n, 0, ANSWER));
    }

    @Test
    void whatIsNoFileIsNotRead() {
        int n = program.areas(4);
        assertEquals(Errno.ISDIR, program.call(WasiFunction.FD_READ, ROOT, VECTORS, n, ANSWER));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_READ, 9, VECTORS, n, ANSWER));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_READ, -1, VECTORS, n, ANSWER));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_READ, 64, VECTORS, n, ANSWER));
    }

    // ---- position

    @Test
    void seekCountsFromTheBeginningThePositionAndTheEnd() {
        program.file("maps/a", "0123456789");
        int fd = program.open("maps/a", 0, READ);
        assertEquals(4, program.seek(fd, 4, SET));
        assertEquals(6, program.seek(fd, 2, CURRENT));
        assertEquals("6", program.read(fd, 1));
        assertEquals(9, program.seek(fd, -1, END));
        assertEquals("9", program.read(fd, 1));
        assertEquals(1000, program.seek(fd, 1000, SET));
        assertEquals("", program.read(fd, 1));
        program.well(WasiFunction.FD_TELL, fd, ANSWER);
        assertEquals(1000, program.memory.getLong(ANSWER));
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "-11,2", "0,3", "9223372036854775807,1", "-9223372036854775808,1"})
    void aPositionThatCannotBeIsRefusedAndTheOldOneStays(long by, int whence) {
        program.file("maps/a", "0123456789");
        int fd = program.open("maps/a", 0, READ);
        program.seek(fd, 1, SET);
        assertEquals(Errno.INVAL, program.call(WasiFunction.FD_SEEK, fd, by, whence, ANSWER));
        assertEquals("1", program.read(fd, 1));
    }

    // ---- writing

    @Test
    void aFileIsMadeWrittenAndWrittenOver() {
        int fd = program.open("maps/new", CREATE | TRUNCATE, WRITE);
        assertEquals("", program.content("maps/new"));
        program.write(fd, "hello ");
        program.write(fd, "world");
        assertEquals("hello world", program.content("maps/new"));
        program.seek(fd, 0, SET);
        program.write(fd, "J");
        assertEquals("Jello world", program.content("maps/new"));
        program.open("maps/new", CREATE | TRUNCATE, WRITE);
        assertEquals("", program.content("maps/new"));
    }

    @Test
    void whoOnlyWritesNeedsNoLeaveToRead() {
        program.host.mayRead = false;
        int fd = program.open("maps/new", CREATE | TRUNCATE, WRITE);
        program.write(fd, "x");
        int log = program.open("maps/log", CREATE, WRITE, APPEND);
        program.write(log, "y");
        assertEquals("x", program.content("maps/new"));
        assertEquals("y", program.content("maps/log"));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen("maps/new", 0, READ, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen("maps/other", CREATE, READ | WRITE, 0));
        assertEquals("nothing", program.content("maps/other"));
    }

    @Test
    void whoWritesNeedsLeaveToWriteWhenItOpens() {
        program.host.mayWrite = false;
        program.file("maps/a", "x");
        assertEquals(Errno.NOTCAPABLE, program.tryOpen("maps/a", 0, WRITE, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen("maps/a", 0, READ | WRITE, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen("maps/a", TRUNCATE, READ, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen("maps/b", CREATE, READ, 0));
        assertEquals("x", program.content("maps/a"));
        program.open("maps/a", 0, READ);
    }

    @Test
    void leaveThatIsTakenBackActsOnAFileThatIsOpen() {
        program.file("maps/a", "0123");
        int fd = program.open("maps/a", 0, READ | WRITE);
        assertEquals("0", program.read(fd, 1));
        program.host.mayRead = false;
        program.host.mayWrite = false;
        int n = program.areas(1);
        assertEquals(Errno.NOTCAPABLE, program.call(WasiFunction.FD_READ, fd, VECTORS, n, ANSWER));
        assertEquals(Errno.NOTCAPABLE, program.tryWrite(fd, "x"));
        assertEquals(Errno.NOTCAPABLE, program.call(WasiFunction.FD_FILESTAT_GET, fd, ANSWER));
        program.host.mayRead = true;
        assertEquals("1", program.read(fd, 1));
        assertEquals("0123", program.content("maps/a"));
    }

    @Test
    void aFileCanDoOnlyWhatItWasOpenedFor() {
        program.file("maps/a", "x");
        int reads = program.open("maps/a", 0, READ);
        assertEquals(Errno.NOTCAPABLE, program.tryWrite(reads, "y"));
        assertEquals(Errno.NOTCAPABLE, program.call(WasiFunction.FD_FILESTAT_SET_SIZE, reads, 0));
        int writes = program.open("maps/a", 0, WRITE);
        int n = program.areas(1);
        assertEquals(
                Errno.NOTCAPABLE, program.call(WasiFunction.FD_READ, writes, VECTORS, n, ANSWER));
        assertEquals("x", program.content("maps/a"));
    }

    @Test
    void appendingGoesToTheEndWhereverThatIsByNow() {
        program.file("maps/log", "a");
        int fd = program.open("maps/log", CREATE, READ | WRITE, APPEND);
        program.write(fd, "b");
        program.file("maps/log", "abcd");
        program.write(fd, "e");
        assertEquals("abcde", program.content("maps/log"));
        program.well(WasiFunction.FD_TELL, fd, ANSWER);
        assertEquals(5, program.memory.getLong(ANSWER));
        program.well(WasiFunction.FD_FDSTAT_SET_FLAGS, fd, 0);
        program.seek(fd, 0, SET);
        program.write(fd, "X");
        assertEquals("Xbcde", program.content("maps/log"));
        assertEquals(Errno.INVAL, program.call(WasiFunction.FD_FDSTAT_SET_FLAGS, fd, 32));
    }

    @Test
    void exclusiveMeansThatNothingWasThere() {
        program.open("maps/once", CREATE | EXCLUSIVE, WRITE);
        assertEquals(Errno.EXIST, program.tryOpen("maps/once", CREATE | EXCLUSIVE, WRITE, 0));
        assertEquals(Errno.EXIST, program.tryOpen("maps", CREATE | EXCLUSIVE, WRITE | READ, 0));
        assertEquals(Errno.NOENT, program.tryOpen("", CREATE | EXCLUSIVE, WRITE, 0));
    }

    @Test
    void pwriteAndTruncateChangeWhatTheyAreToldAndNotThePosition() {
        program.file("maps/a", "0123456789");
        int fd = program.open("maps/a", 0, READ | WRITE);
        program.memory.write(BUFFER, new byte[] {'x', 'y'}, 0, 2);
        program.well(WasiFunction.FD_PWRITE, fd, VECTORS, program.areas(2), 4, ANSWER);
        assertEquals("0123xy6789", program.content("maps/a"));
        program.well(WasiFunction.FD_FILESTAT_SET_SIZE, fd, 3);
        assertEquals("012", program.content("maps/a"));
        assertEquals("0", program.read(fd, 1));
        assertEquals(Errno.INVAL, program.call(WasiFunction.FD_FILESTAT_SET_SIZE, fd, -1));
        int n = program.areas(2);
        long last = Long.MAX_VALUE - 1;
        assertEquals(
                Errno.FBIG, program.call(WasiFunction.FD_PWRITE, fd, VECTORS, n, last, ANSWER));
    }

    @Test
    void ofALongWriteSoMuchIsDoneAndTold() {
        int fd = program.open("maps/a", CREATE, WRITE);
        program.well(WasiFunction.FD_WRITE, fd, VECTORS, program.areas(1 << 20, 1 << 20), ANSWER);
        assertEquals(1 << 20, program.memory.getInt(ANSWER));
        assertEquals(1 << 20, program.memory.lifted - 2L * "maps/a".length());
        assertEquals(1 << 20, program.host.files.get("maps/a").length);
        program.well(WasiFunction.FD_WRITE, fd, VECTORS, program.areas(0), ANSWER);
        assertEquals(0, program.memory.getInt(ANSWER));
    }

    // ---- descriptors

    @Test
    void thereAre64AtATimeAndAClosedOneMakesRoom() {
        program.file("maps/a", "x");
        int last = 0;
        for (int n = ROOT + 1; n < Descriptors.MOST; n++) {
            last = program.open("maps/a", 0, READ);
        }
        assertEquals(Descriptors.MOST - 1, last);
        assertEquals(Errno.MFILE, program.tryOpen("maps/a", 0, READ, 0));
        assertEquals(Errno.MFILE, program.tryOpen("maps/made", CREATE, WRITE, 0));
        assertEquals("nothing", program.content("maps/made"));
        program.well(WasiFunction.FD_CLOSE, 10);
        assertEquals(10, program.open("maps/a", 0, READ));
    }

    @Test
    void whatTheyTakeOfTheHostsMemoryIsThePlugins() {
        program.file("maps/a", "x");
        int fd = program.open("maps/a", 0, READ);
        program.open("maps", 0, READ);
        assertTrue(program.host.held > 2000, "held " + program.host.held);
        program.host.quota = program.host.held;
        assertEquals(Errno.NOMEM, program.tryOpen("maps/a", 0, READ, 0));
        program.well(WasiFunction.FD_CLOSE, fd);
        program.open("maps/a", 0, READ);
        program.wasi.close();
        assertEquals(0, program.host.held);
        program.wasi.close();
        assertEquals(0, program.host.held);
    }

    @Test
    void renumberPutsOneInThePlaceOfAnother() {
        program.file("maps/a", "a");
        program.file("maps/b", "b");
        int a = program.open("maps/a", 0, READ);
        int b = program.open("maps/b", 0, READ);
        program.well(WasiFunction.FD_RENUMBER, a, b);
        assertEquals("a", program.read(b, 1));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_CLOSE, a));
        program.well(WasiFunction.FD_RENUMBER, b, 1L << 40 | b);
        assertEquals("", program.read(b, 1));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_RENUMBER, b, 50));
        program.well(WasiFunction.FD_CLOSE, b);
        assertEquals(0, program.host.held);
    }

    @ParameterizedTest
    @CsvSource({
        "DENIED,NOTCAPABLE",
        "INVALID,INVAL",
        "NOT_FOUND,NOENT",
        "LIMIT,DQUOT",
        "TIMEOUT,TIMEDOUT",
        "UNAVAILABLE,IO",
        "FAILED,IO"
    })
    void whatTheWorldDidHasANumber(Reason reason, Errno expected) {
        program.file("maps/a", "x");
        int fd = program.open("maps/a", 0, READ | WRITE);
        program.host.failing = reason;
        int n = program.areas(1);
        assertEquals(expected, program.call(WasiFunction.FD_READ, fd, VECTORS, n, ANSWER));
        assertEquals(expected, program.tryWrite(fd, "y"));
        assertEquals(expected, program.call(WasiFunction.FD_SEEK, fd, 0, END, ANSWER));
    }
}
