package io.trinity.wasi;

import static io.trinity.wasi.Program.ANSWER;
import static io.trinity.wasi.Program.BUFFER;
import static io.trinity.wasi.Program.READ;
import static io.trinity.wasi.Program.ROOT;
import static io.trinity.wasi.Program.TEXT;
import static io.trinity.wasi.Program.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    private static final int CREATE = 1;
    private static final int DIRECTORY = 2;
    private static final int TRUNCATE = 8;
    private static final int HEAD = 24;

    private final Program program = new Program();

    // ---- names

    @Test
    void oneDirectoryIsPreopenedAndItIsTheRoot() {
        program.well(WasiFunction.FD_PRESTAT_GET, ROOT, ANSWER);
        assertEquals(0, program.memory.getInt(ANSWER));
        assertEquals(1, program.memory.getInt(ANSWER + 4));
        program.well(WasiFunction.FD_PRESTAT_DIR_NAME, ROOT, ANSWER, 1);
        assertEquals('/', program.memory.getByte(ANSWER));
        assertEquals(
                Errno.NAMETOOLONG, program.call(WasiFunction.FD_PRESTAT_DIR_NAME, ROOT, ANSWER, 0));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_PRESTAT_GET, 4, ANSWER));
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_PRESTAT_GET, 1, ANSWER));
        program.open("maps", 0, READ);
        assertEquals(Errno.BADF, program.call(WasiFunction.FD_PRESTAT_GET, 4, ANSWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maps/a", "./maps//./a", "maps/a/", "maps///a/."})
    void spellingsOfOnePathAreOnePath(String path) {
        program.file("maps/a", "x");
        program.open(path, 0, READ);
        assertEquals(List.of("files.stat maps/a"), program.host.asked);
    }

    @ParameterizedTest
    @CsvSource({
        "../etc/passwd,NOTCAPABLE",
        "maps/../maps/a,NOTCAPABLE",
        "/maps/a,NOTCAPABLE",
        "etc/passwd,NOTCAPABLE",
        "maps/b,NOENT",
        "'',NOENT"
    })
    void aPathThatLeadsElsewhereLeadsNowhere(String path, Errno expected) {
        program.file("maps/a", "x");
        assertEquals(expected, program.tryOpen(path, 0, READ, 0));
        assertEquals(expected, program.tryOpen(path, TRUNCATE, WRITE, 0));
        int n = program.text(path);
        assertEquals(
                expected, program.call(WasiFunction.PATH_FILESTAT_GET, ROOT, 1, TEXT, n, BUFFER));
        assertEquals(expected, program.call(WasiFunction.PATH_UNLINK_FILE, ROOT, TEXT, n));
        assertEquals("x", program.content("maps/a"));
    }

    @Test
    void aDirectoryThatIsOpenIsWhereOthersBegin() {
        program.host.files.put("maps/north/", new byte[0]);
        program.file("maps/north/a", "x");
        int in = program.open("maps/north", DIRECTORY, READ);
        assertEquals(Errno.SUCCESS, program.tryOpen(in, "a", 0, READ, 0, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen(in, "../../etc/passwd", 0, READ, 0, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen(in, "/a", 0, READ, 0, 0));
        int file = program.open("maps/north/a", 0, READ);
        assertEquals(Errno.NOTDIR, program.tryOpen(file, "a", 0, READ, 0, 0));
    }

    @Test
    void whatIsOpenedInADirectoryCanDoNoMoreThanThatAllows() {
        program.file("maps/a", "x");
        assertEquals(Errno.SUCCESS, program.tryOpen(ROOT, "maps", 0, READ, READ, 0));
        int in = program.memory.getInt(ANSWER);
        assertEquals(Errno.SUCCESS, program.tryOpen(in, "a", 0, READ, 0, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen(in, "a", 0, WRITE, 0, 0));
        assertEquals(Errno.NOTCAPABLE, program.tryOpen(in, "a", 0, READ, Rights.ALL, 0));
    }

    @Test
    void textThatIsNoPathIsRefused() {
        program.memory.write(TEXT, new byte[] {'m', (byte) 0xff}, 0, 2);
        assertEquals(Errno.ILSEQ, open(2));
        program.memory.write(TEXT, new byte[] {'m', 0}, 0, 2);
        assertEquals(Errno.ILSEQ, open(2));
        assertEquals(Errno.NAMETOOLONG, open(4097));
        assertEquals(List.of(), program.host.asked);
    }

    private Errno open(int length) {
        return program.call(WasiFunction.PATH_OPEN, ROOT, 0, TEXT, length, 0, READ, 0, 0, ANSWER);
    }

    // ---- kinds

    @Test
    void directoriesAreOpenedToBeReadOnly() {
        program.file("maps/a", "x");
        assertEquals(Errno.ISDIR, program.tryOpen("maps", 0, READ | WRITE, 0));
        assertEquals(Errno.ISDIR, program.tryOpen("maps", 0, WRITE, 0));
        assertEquals(Errno.ISDIR, program.tryOpen(".", TRUNCATE, WRITE, 0));
        assertEquals(Errno.NOTDIR, program.tryOpen("maps/a", DIRECTORY, READ, 0));
        assertEquals(Errno.NOTDIR, program.tryOpen("maps/a", DIRECTORY, WRITE, 0));
        assertEquals(Errno.INVAL, program.tryOpen("maps/x", CREATE | DIRECTORY, WRITE, 0));
        assertEquals(Errno.INVAL, program.tryOpen("maps/a", 16, READ, 0));
        assertEquals(Errno.INVAL, program.tryOpen("maps/a", 0, READ, 32));
        assertEquals("nothing", program.content("maps/x"));
    }

    @Test
    void whatIsKnownOfAFileIsTold() {
        program.file("maps/a", "12345");
        program.well(WasiFunction.PATH_FILESTAT_GET, ROOT, 0, TEXT, program.text("maps/a"), BUFFER);
        assertEquals(5, program.memory.getLong(BUFFER + 32));
        assertEquals(77, program.memory.getLong(BUFFER + 48));
        assertEquals(Descriptor.REGULAR_FILE, program.memory.getByte(BUFFER + 16));
        long inode = program.memory.getLong(BUFFER + 8);
        int fd = program.open("maps/a", 0, READ);
        program.well(WasiFunction.FD_FILESTAT_GET, fd, BUFFER);
        assertEquals(inode, program.memory.getLong(BUFFER + 8));
        program.well(WasiFunction.FD_FILESTAT_GET, ROOT, BUFFER);
        assertEquals(Descriptor.DIRECTORY, program.memory.getByte(BUFFER + 16));
        assertNotEquals(inode, program.memory.getLong(BUFFER + 8));
        int n = program.text("maps/a");
        assertEquals(
                Errno.INVAL,
                program.call(WasiFunction.PATH_READLINK, ROOT, TEXT, n, BUFFER, 9, ANSWER));
    }

    @Test
    void directoriesAreMadeAndRemovedAndTheKindsNotConfused() {
        assertEquals(Errno.SUCCESS, change(WasiFunction.PATH_CREATE_DIRECTORY, "maps/d"));
        assertEquals(Errno.EXIST, change(WasiFunction.PATH_CREATE_DIRECTORY, "maps/d"));
        assertEquals(Errno.EXIST, change(WasiFunction.PATH_CREATE_DIRECTORY, "."));
        program.file("maps/d/a", "x");
        assertEquals(Errno.NOTEMPTY, change(WasiFunction.PATH_REMOVE_DIRECTORY, "maps/d"));
        assertEquals(Errno.NOTDIR, change(WasiFunction.PATH_REMOVE_DIRECTORY, "maps/d/a"));
        assertEquals(Errno.ISDIR, change(WasiFunction.PATH_UNLINK_FILE, "maps/d"));
        assertEquals(Errno.SUCCESS, change(WasiFunction.PATH_UNLINK_FILE, "maps/d/a"));
        assertEquals(Errno.NOENT, change(WasiFunction.PATH_UNLINK_FILE, "maps/d/a"));
        assertEquals(Errno.SUCCESS, change(WasiFunction.PATH_REMOVE_DIRECTORY, "maps/d"));
        assertEquals(Errno.NOTCAPABLE, change(WasiFunction.PATH_REMOVE_DIRECTORY, "."));
        assertEquals(Errno.ISDIR, change(WasiFunction.PATH_UNLINK_FILE, "./"));
        assertEquals(List.of("maps/"), List.copyOf(program.host.files.keySet()));
    }

    private Errno change(WasiFunction function, String path) {
        return program.call(function, ROOT, TEXT, program.text(path));
    }

    // ---- listing

    @ParameterizedTest
    @ValueSource(ints = {40, 64, 65, 100, 128, 129, 4096})
    void aDirectoryIsReadInPiecesOfAnySizeAsALibcDoes(int room) {
        List<String> names = List.of("a", "b", "carta-geographica", "d", "e", "f", "g");
        names.forEach(n -> program.file("maps/" + n, n));
        program.host.files.put("maps/h/", new byte[0]);
        assertEquals(
                List.of("a", "b", "carta-geographica", "d", "e", "f", "g", "h/"),
                list(program.open("maps", 0, READ), room));
    }

    @Test
    void theRootHoldsTheGrantedDirectories() {
        assertEquals(List.of("atlas/", "maps/"), list(ROOT, 4096));
        assertEquals(List.of("atlas/", "maps/"), list(ROOT, 30));
    }

    @Test
    void aCookieLeadsBackToWhereItCameFrom() {
        for (int i = 0; i < 8; i++) {
            program.file("maps/" + i, "");
        }
        int fd = program.open("maps", 0, READ);
        for (int cookie : new int[] {5, 2, 0, 7, 6}) {
            assertEquals(String.valueOf(cookie), first(fd, cookie));
        }
        for (long cookie : new long[] {8, 9, Long.MAX_VALUE}) {
            program.well(WasiFunction.FD_READDIR, fd, BUFFER, 100, cookie, ANSWER);
            assertEquals(0, program.memory.getInt(ANSWER));
        }
        assertEquals(
                Errno.INVAL, program.call(WasiFunction.FD_READDIR, fd, BUFFER, 100, -1, ANSWER));
    }

    private String first(int fd, long cookie) {
        program.well(WasiFunction.FD_READDIR, fd, BUFFER, HEAD + 1, cookie, ANSWER);
        return program.memory.text(BUFFER + HEAD, 1);
    }

    @Test
    void aBufferThatHoldsNoEntryIsFilledAllTheSame() {
        program.file("maps/a-name", "");
        int fd = program.open("maps", 0, READ);
        program.well(WasiFunction.FD_READDIR, fd, BUFFER, 0, 0, ANSWER);
        assertEquals(0, program.memory.getInt(ANSWER));
        program.memory.putInt(BUFFER + 7, 0x55555555);
        program.well(WasiFunction.FD_READDIR, fd, BUFFER, 7, 0, ANSWER);
        assertEquals(7, program.memory.getInt(ANSWER));
        assertEquals(0x55555555, program.memory.getInt(BUFFER + 7));
        assertEquals(
                Errno.INVAL,
                program.call(WasiFunction.FD_READDIR, fd, BUFFER, (1 << 20) + 1, 0, ANSWER));
        assertEquals(Errno.NOTDIR, program.call(WasiFunction.FD_READDIR, 1, BUFFER, 9, 0, ANSWER));
    }

    @Test
    void leaveThatIsTakenBackActsOnADirectoryThatIsOpen() {
        program.file("maps/a", "");
        int fd = program.open("maps", 0, READ);
        program.host.mayRead = false;
        assertEquals(
                Errno.NOTCAPABLE,
                program.call(WasiFunction.FD_READDIR, fd, BUFFER, 100, 0, ANSWER));
        assertEquals(
                Errno.NOTCAPABLE,
                program.call(WasiFunction.FD_READDIR, ROOT, BUFFER, 100, 0, ANSWER));
    }

    /** As wasi-libc's readdir: whole entries are taken, and it goes on after the last of them. */
    private List<String> list(int fd, int room) {
        List<String> names = new ArrayList<>();
        long cookie = 0;
        int size = room;
        while (true) {
            program.well(WasiFunction.FD_READDIR, fd, BUFFER, size, cookie, ANSWER);
            int used = program.memory.getInt(ANSWER);
            int at = 0;
            boolean whole = false;
            while (used - at >= HEAD) {
                int length = program.memory.getInt(BUFFER + at + 16);
                if (used - at - HEAD < length) {
                    break;
                }
                cookie = program.memory.getLong(BUFFER + at);
                boolean directory = program.memory.getInt(BUFFER + at + 20) == Descriptor.DIRECTORY;
                String name = program.memory.text(BUFFER + at + HEAD, length);
                names.add(name + (directory ? "/" : ""));
                at += HEAD + length;
                whole = true;
            }
            if (used < size) {
                return names;
            }
            size = whole ? size : size * 2;
        }
    }
}
