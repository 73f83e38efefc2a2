package io.trinity.wasi;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.wasi.PosixFiles.Outcome;
import io.trinity.wasi.Descriptor.Directory;
import io.trinity.wasi.Descriptor.OpenFile;
import io.trinity.wasi.FileStats.Stat;
import org.jspecify.annotations.Nullable;

/** What is told of, opened, made and removed by its path. */
final class PathFunctions {
    /** {@code $oflags}. Source: witx. */
    private static final int CREATE = 1;

    private static final int ONLY_DIRECTORY = 2;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;
    private static final int MOST_OPEN_FLAGS = 15;
    private static final int MOST_FLAGS = 31;

    private final WasiHost host;
    private final Descriptors descriptors;
    private final FileStats stats;

    PathFunctions(WasiHost host, Descriptors descriptors, FileStats stats) {
        this.host = host;
        this.descriptors = descriptors;
        this.stats = stats;
    }

    private String path(GuestBytes m, long directory, long pointer, long length)
            throws Errno.Raised {
        String text = m.text(pointer, length);
        return GuestPath.of(descriptors.directory(directory), text);
    }

    /** fd, lookup flags, path, its length, oflags, rights, inheriting, fdflags, where to. */
    Errno open(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[8], Integer.BYTES);
        Directory in = descriptors.directory(a[0]);
        String path = path(m, a[0], a[2], a[3]);
        int how = requireFlags(a[4], MOST_OPEN_FLAGS);
        int flags = requireFlags(a[7], MOST_FLAGS);
        long rights = a[5];
        long inheriting = a[6];
        if (((rights | inheriting) & ~in.inheriting()) != 0) {
            throw Errno.NOTCAPABLE.raise();
        }
        int making = CREATE | EXCLUSIVE | TRUNCATE;
        if ((how & ONLY_DIRECTORY) != 0 && (how & making) != 0) {
            throw Errno.INVAL.raise();
        }
        descriptors.requireFree();
        boolean changes = (how & making) != 0 || (rights & Rights.CHANGING) != 0;
        boolean sees = !changes || (rights & Rights.SEEING) != 0;
        if (sees || path.isEmpty()) {
            Stat found = find(path, (how & CREATE) != 0);
            if (found != null && found.directory()) {
                requireNotChanged(changes, how);
                m.putInt(a[8], descriptors.add(new Directory(path, inheriting, false)));
                return Errno.SUCCESS;
            }
        }
        if (changes) {
            openToChange(path, how);
        }
        if ((how & ONLY_DIRECTORY) != 0) {
            throw Errno.NOTDIR.raise();
        }
        m.putInt(a[8], descriptors.add(new OpenFile(path, rights, flags)));
        return Errno.SUCCESS;
    }

    private static int requireFlags(long flags, int most) throws Errno.Raised {
        if (flags > most) {
            throw Errno.INVAL.raise();
        }
        return (int) flags;
    }

    private static void requireNotChanged(boolean changes, int how) throws Errno.Raised {
        if (changes) {
            throw ((how & EXCLUSIVE) != 0 ? Errno.EXIST : Errno.ISDIR).raise();
        }
    }

    /** Null where there is nothing yet, and that is well. */
    private @Nullable Stat find(String path, boolean mayBeMissing) throws HostFailure {
        try {
            return stats.stat(path);
        } catch (HostFailure e) {
            if (mayBeMissing && e.reason() == HostFailure.Reason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private void openToChange(String path, int how) throws Errno.Raised, HostFailure {
        boolean create = (how & CREATE) != 0;
        boolean exclusive = create && (how & EXCLUSIVE) != 0;
        boolean truncate = (how & TRUNCATE) != 0;
        requireDone(host.posixFiles().open(host.hostCall(), path, create, exclusive, truncate));
    }

    private static void requireDone(Outcome outcome) throws Errno.Raised {
        switch (outcome) {
            case DONE -> {}
            case EXISTS -> throw Errno.EXIST.raise();
            case IS_DIRECTORY -> throw Errno.ISDIR.raise();
            case NOT_DIRECTORY -> throw Errno.NOTDIR.raise();
            case NOT_EMPTY -> throw Errno.NOTEMPTY.raise();
        }
    }

    Errno filestatGet(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        FileStats.check(m, a[4]);
        String path = path(m, a[0], a[2], a[3]);
        FileStats.put(m, a[4], path, stats.stat(path));
        return Errno.SUCCESS;
    }

    /** Links are denied; so what can be looked at is none. */
    Errno readlink(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[3], a[4]);
        m.check(a[5], Integer.BYTES);
        stats.stat(path(m, a[0], a[1], a[2]));
        throw Errno.INVAL.raise();
    }

    Errno createDirectory(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        String path = path(m, a[0], a[1], a[2]);
        requireBelowRoot(path, Errno.EXIST);
        requireDone(host.posixFiles().makeDirectory(host.hostCall(), path));
        return Errno.SUCCESS;
    }

    Errno removeDirectory(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        String path = path(m, a[0], a[1], a[2]);
        requireBelowRoot(path, Errno.NOTCAPABLE);
        requireDone(host.posixFiles().removeDirectory(host.hostCall(), path));
        return Errno.SUCCESS;
    }

    Errno unlinkFile(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        String path = path(m, a[0], a[1], a[2]);
        requireBelowRoot(path, Errno.ISDIR);
        requireDone(host.posixFiles().removeFile(host.hostCall(), path));
        return Errno.SUCCESS;
    }

    private static void requireBelowRoot(String path, Errno otherwise) throws Errno.Raised {
        if (path.isEmpty()) {
            throw otherwise.raise();
        }
    }
}
