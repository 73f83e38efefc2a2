package io.trinity.wasi;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.wasi.Descriptor.Directory;
import io.trinity.wasi.Descriptor.OpenFile;

/** What needs a number of a file and hardly more. */
final class DescriptorFunctions {
    private static final int FDSTAT_BYTES = 24;
    private static final int FLAGS_AT = 2;
    private static final int RIGHTS_AT = 8;
    private static final int INHERITING_AT = 16;
    private static final int MOST_FLAGS = 31;
    private static final byte[] ROOT_NAME = {'/'};
    private static final int PRESTAT_BYTES = 8;

    private final Descriptors descriptors;
    private final FileStats stats;

    DescriptorFunctions(Descriptors descriptors, FileStats stats) {
        this.descriptors = descriptors;
        this.stats = stats;
    }

    /** Each write is on the disk when it returns, and advice is not taken. */
    Errno nothingToDo(long[] a) throws Errno.Raised {
        descriptors.get(a[0]);
        return Errno.SUCCESS;
    }

    Errno close(long[] a) throws Errno.Raised {
        descriptors.close(a[0]);
        return Errno.SUCCESS;
    }

    Errno renumber(long[] a) throws Errno.Raised {
        descriptors.renumber(a[0], a[1]);
        return Errno.SUCCESS;
    }

    Errno fdstatGet(GuestBytes m, long[] a) throws Errno.Raised {
        Descriptor d = descriptors.get(a[0]);
        int flags = 0;
        long rights;
        long inheriting = 0;
        int type = Descriptor.CHARACTER_DEVICE;
        if (d instanceof OpenFile file) {
            type = Descriptor.REGULAR_FILE;
            flags = file.flags();
            rights = file.rights();
        } else if (d instanceof Directory directory) {
            type = Descriptor.DIRECTORY;
            rights = Rights.ALL & ~(Rights.FD_READ | Rights.FD_SEEK | Rights.CHANGING);
            inheriting = directory.inheriting();
        } else {
            // A libc takes what cannot seek and tell for a terminal, and then writes line by line.
            rights = d instanceof Descriptor.Input ? Rights.FD_READ : Rights.FD_WRITE;
        }
        m.put(a[1], new byte[FDSTAT_BYTES], 0, FDSTAT_BYTES);
        m.putByte(a[1], type);
        m.putByte(a[1] + FLAGS_AT, flags);
        m.putLong(a[1] + RIGHTS_AT, rights);
        m.putLong(a[1] + INHERITING_AT, inheriting);
        return Errno.SUCCESS;
    }

    Errno fdstatSetFlags(long[] a) throws Errno.Raised {
        if (a[1] > MOST_FLAGS) {
            throw Errno.INVAL.raise();
        }
        if (descriptors.get(a[0]) instanceof OpenFile file) {
            file.flags((int) a[1]);
        }
        return Errno.SUCCESS;
    }

    Errno filestatGet(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        FileStats.check(m, a[1]);
        Descriptor d = descriptors.get(a[0]);
        if (d instanceof OpenFile file) {
            FileStats.put(m, a[1], file.path(), stats.stat(file.path()));
        } else if (d instanceof Directory directory) {
            FileStats.put(m, a[1], directory.path(), stats.stat(directory.path()));
        } else {
            FileStats.put(m, a[1], a[0] + 1, Descriptor.CHARACTER_DEVICE, 0, 0);
        }
        return Errno.SUCCESS;
    }

    Errno prestatGet(GuestBytes m, long[] a) throws Errno.Raised {
        requirePreopened(a[0]);
        m.put(a[1], new byte[PRESTAT_BYTES], 0, PRESTAT_BYTES);
        m.putInt(a[1] + Integer.BYTES, ROOT_NAME.length);
        return Errno.SUCCESS;
    }

    Errno prestatDirName(GuestBytes m, long[] a) throws Errno.Raised {
        requirePreopened(a[0]);
        m.check(a[1], a[2]);
        if (a[2] < ROOT_NAME.length) {
            throw Errno.NAMETOOLONG.raise();
        }
        m.put(a[1], ROOT_NAME, 0, ROOT_NAME.length);
        return Errno.SUCCESS;
    }

    private void requirePreopened(long number) throws Errno.Raised {
        if (!(descriptors.get(number) instanceof Directory d) || !d.preopened()) {
            throw Errno.BADF.raise();
        }
    }
}
