package io.trinity.wasi;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.wasi.Descriptor.Directory;
import io.trinity.wasi.Descriptor.OpenFile;
import org.jspecify.annotations.Nullable;

/**
 * The open files of one guest, by number; it dies with the guest. What a file takes of the host's
 * memory counts towards the plugin's.
 */
final class Descriptors {
    /** Open at the same time, the standard streams and the root included. */
    static final int MOST = 64;

    /** Objects and one name, estimated from above; a path's characters come on top. */
    private static final long ENTRY_BYTES = 1024;

    private static final long BYTES_PER_CHARACTER = 2;

    private final @Nullable Descriptor[] open = new Descriptor[MOST];
    private final MemoryQuota quota;

    Descriptors(MemoryQuota quota) {
        this.quota = quota;
    }

    /** One that is there from the beginning. */
    void set(int number, Descriptor descriptor) {
        open[number] = descriptor;
    }

    /** BADF where there is none. */
    Descriptor get(long number) throws Errno.Raised {
        int n = (int) number;
        Descriptor found = n < 0 || n >= MOST ? null : open[n];
        if (found == null) {
            throw Errno.BADF.raise();
        }
        return found;
    }

    OpenFile file(long number) throws Errno.Raised {
        Descriptor found = get(number);
        if (found instanceof OpenFile file) {
            return file;
        }
        throw (found instanceof Directory ? Errno.ISDIR : Errno.BADF).raise();
    }

    Directory directory(long number) throws Errno.Raised {
        if (get(number) instanceof Directory directory) {
            return directory;
        }
        throw Errno.NOTDIR.raise();
    }

    /** MFILE where all numbers are taken. */
    void requireFree() throws Errno.Raised {
        free();
    }

    /** Gives the lowest number that is free. */
    int add(Descriptor descriptor) throws Errno.Raised {
        int n = free();
        if (!quota.tryReserve(bytes(descriptor))) {
            throw Errno.NOMEM.raise();
        }
        open[n] = descriptor;
        return n;
    }

    private int free() throws Errno.Raised {
        for (int n = 0; n < MOST; n++) {
            if (open[n] == null) {
                return n;
            }
        }
        throw Errno.MFILE.raise();
    }

    void close(long number) throws Errno.Raised {
        quota.release(bytes(get(number)));
        open[(int) number] = null;
    }

    /** Puts one in the place of another, which is closed. */
    void renumber(long from, long to) throws Errno.Raised {
        Descriptor moved = get(from);
        get(to);
        if (from != to) {
            close(to);
            open[(int) from] = null;
            open[(int) to] = moved;
        }
    }

    void closeAll() {
        for (int n = 0; n < MOST; n++) {
            Descriptor d = open[n];
            open[n] = null;
            if (d != null) {
                quota.release(bytes(d));
            }
        }
    }

    /** The standard streams and the root are every guest's, and not counted. */
    private static long bytes(Descriptor descriptor) {
        return descriptor instanceof OpenFile f
                ? bytes(f.path())
                : descriptor instanceof Directory d && !d.preopened() ? bytes(d.path()) : 0;
    }

    private static long bytes(String path) {
        return ENTRY_BYTES + BYTES_PER_CHARACTER * path.length();
    }
}
