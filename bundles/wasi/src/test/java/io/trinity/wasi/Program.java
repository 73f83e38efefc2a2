package io.trinity.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;

/** A guest that speaks WASI, as a libc would: what tests want of it in a few words. */
final class Program {
    /** Where functions put what they answer. */
    static final int ANSWER = 1024;

    static final int TEXT = 2048;
    static final int VECTORS = 8192;
    static final int BUFFER = 16_384;
    static final int ROOT = 3;
    static final int SIZE = 4 << 20;

    static final long READ = Rights.FD_READ;
    static final long WRITE = Rights.FD_WRITE | Rights.FD_FILESTAT_SET_SIZE;

    final ByteMemory memory = new ByteMemory(SIZE);
    final FakeHost host;
    final WasiGuest wasi;

    Program() {
        this(new FakeHost());
    }

    Program(FakeHost host) {
        this.host = host;
        this.wasi = new WasiGuest(host);
    }

    /** The name of the error, or SUCCESS. */
    Errno call(WasiFunction function, long... arguments) {
        assertEquals(function.signature().parameters().size(), arguments.length);
        long number = wasi.call(function, memory, arguments);
        for (Errno e : Errno.values()) {
            if (e.number() == number) {
                return e;
            }
        }
        throw new AssertionError("no error has number " + number);
    }

    void well(WasiFunction function, long... arguments) {
        assertEquals(Errno.SUCCESS, call(function, arguments));
    }

    /** Puts text where paths are read and gives its length. */
    int text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        memory.write(TEXT, utf8, 0, utf8.length);
        return utf8.length;
    }

    Errno tryOpen(String path, int how, long rights, int flags) {
        return tryOpen(ROOT, path, how, rights, Rights.ALL, flags);
    }

    Errno tryOpen(long in, String path, int how, long rights, long inheriting, int flags) {
        int n = text(path);
        return call(WasiFunction.PATH_OPEN, in, 1, TEXT, n, how, rights, inheriting, flags, ANSWER);
    }

    int open(String path, int how, long rights) {
        return open(path, how, rights, 0);
    }

    int open(String path, int how, long rights, int flags) {
        assertEquals(Errno.SUCCESS, tryOpen(path, how, rights, flags));
        return memory.getInt(ANSWER);
    }

    /**
     * Gives areas of those lengths, one after the other from {@link #BUFFER} on, and their number.
     */
    int areas(int... lengths) {
        int at = BUFFER;
        for (int i = 0; i < lengths.length; i++) {
            memory.putInt(VECTORS + 8 * i, at);
            memory.putInt(VECTORS + 8 * i + 4, lengths[i]);
            at += lengths[i];
        }
        return lengths.length;
    }

    String read(int fd, int... lengths) {
        well(WasiFunction.FD_READ, fd, VECTORS, areas(lengths), ANSWER);
        return memory.text(BUFFER, memory.getInt(ANSWER));
    }

    Errno tryWrite(int fd, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        memory.write(BUFFER, utf8, 0, utf8.length);
        return call(WasiFunction.FD_WRITE, fd, VECTORS, areas(utf8.length), ANSWER);
    }

    void write(int fd, String text) {
        assertEquals(Errno.SUCCESS, tryWrite(fd, text));
        assertEquals(text.getBytes(StandardCharsets.UTF_8).length, memory.getInt(ANSWER));
    }

    long seek(int fd, long by, int whence) {
        well(WasiFunction.FD_SEEK, fd, by, whence, ANSWER);
        return memory.getLong(ANSWER);
    }

    void file(String path, String content) {
        host.files.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    String content(String path) {
        byte[] found = host.files.get(path);
        return found == null ? "nothing" : new String(found, StandardCharsets.UTF_8);
    }
}
