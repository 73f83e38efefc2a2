package io.trinity.wasi;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.wasi.Descriptor.Directory;
import io.trinity.wasi.Descriptor.Input;
import io.trinity.wasi.Descriptor.OpenFile;
import io.trinity.wasi.Descriptor.Output;
import io.trinity.wasi.GuestBytes.Areas;

/** Reading and writing, by {@code files} and {@code file-changes} of the contract. */
final class FileFunctions {
    /** Moved by one call; of more, so much is done and told. The contract's own limit. */
    static final int MOST_BYTES = 1 << 20;

    /** Of stdout and stderr. */
    static final int MOST_TEXT_BYTES = 1 << 16;

    /** From below; measured: 3. */
    private static final long NANOS_PER_TEXT_BYTE = 2;

    private static final int SET = 0;
    private static final int CURRENT = 1;
    private static final int END = 2;

    private final WasiHost host;
    private final Descriptors descriptors;
    private final FileStats stats;

    FileFunctions(WasiHost host, Descriptors descriptors, FileStats stats) {
        this.host = host;
        this.descriptors = descriptors;
        this.stats = stats;
    }

    Errno read(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[3], Integer.BYTES);
        Areas areas = m.areas(a[1], a[2], MOST_BYTES);
        if (descriptors.get(a[0]) instanceof Input) {
            m.putInt(a[3], 0);
            return Errno.SUCCESS;
        }
        OpenFile file = descriptors.file(a[0]);
        byte[] bytes = read(m, file, file.offset(), areas);
        file.offset(file.offset() + bytes.length);
        m.putInt(a[3], bytes.length);
        return Errno.SUCCESS;
    }

    Errno pread(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[4], Integer.BYTES);
        Areas areas = m.areas(a[1], a[2], MOST_BYTES);
        byte[] bytes = read(m, positioned(a), a[3], areas);
        m.putInt(a[4], bytes.length);
        return Errno.SUCCESS;
    }

    private byte[] read(GuestBytes m, OpenFile file, long offset, Areas areas)
            throws Errno.Raised, HostFailure {
        file.require(Rights.FD_READ);
        if (areas.bytes() == 0) {
            return new byte[0];
        }
        // Bounded and not counted, as what files.read gives is not (ADR 0019).
        byte[] bytes = host.files().read(host.hostCall(), file.path(), offset, areas.bytes());
        m.scatter(areas, bytes);
        return bytes;
    }

    /** One that has a position, for a function that is given another one. */
    private OpenFile positioned(long[] a) throws Errno.Raised {
        Descriptor d = descriptors.get(a[0]);
        if (d instanceof Input || d instanceof Output) {
            throw Errno.SPIPE.raise();
        }
        if (a[3] < 0) {
            throw Errno.INVAL.raise();
        }
        return descriptors.file(a[0]);
    }

    Errno write(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[3], Integer.BYTES);
        if (descriptors.get(a[0]) instanceof Output out) {
            Areas areas = m.areas(a[1], a[2], MOST_TEXT_BYTES);
            host.spend("fd_write", areas.bytes() * NANOS_PER_TEXT_BYTE);
            out.lines().write(m.gather(areas));
            m.putInt(a[3], areas.bytes());
            return Errno.SUCCESS;
        }
        Areas areas = m.areas(a[1], a[2], MOST_BYTES);
        OpenFile file = descriptors.file(a[0]);
        file.require(Rights.FD_WRITE);
        if (file.appends()) {
            byte[] data = m.gather(areas);
            file.offset(host.posixFiles().append(host.hostCall(), file.path(), data));
        } else {
            write(m, file, file.offset(), areas);
            file.offset(file.offset() + areas.bytes());
        }
        m.putInt(a[3], areas.bytes());
        return Errno.SUCCESS;
    }

    Errno pwrite(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[4], Integer.BYTES);
        Areas areas = m.areas(a[1], a[2], MOST_BYTES);
        OpenFile file = positioned(a);
        file.require(Rights.FD_WRITE);
        write(m, file, a[3], areas);
        m.putInt(a[4], areas.bytes());
        return Errno.SUCCESS;
    }

    private void write(GuestBytes m, OpenFile file, long offset, Areas areas)
            throws Errno.Raised, HostFailure {
        if (offset > Long.MAX_VALUE - areas.bytes()) {
            throw Errno.FBIG.raise();
        }
        if (areas.bytes() > 0) {
            byte[] data = m.gather(areas);
            host.fileChanges().write(host.hostCall(), file.path(), offset, data);
        }
    }

    Errno seek(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[3], Long.BYTES);
        OpenFile file = seekable(a[0]);
        long from;
        switch ((int) a[2]) {
            case SET:
                from = 0;
                break;
            case CURRENT:
                from = file.offset();
                break;
            case END:
                from = stats.stat(file.path()).sizeBytes();
                break;
            default:
                throw Errno.INVAL.raise();
        }
        long to = from + a[1];
        // Also where the sum does not fit: the first number is not negative.
        if (to < 0) {
            throw Errno.INVAL.raise();
        }
        file.offset(to);
        m.putLong(a[3], to);
        return Errno.SUCCESS;
    }

    Errno tell(GuestBytes m, long[] a) throws Errno.Raised {
        m.putLong(a[1], seekable(a[0]).offset());
        return Errno.SUCCESS;
    }

    private OpenFile seekable(long number) throws Errno.Raised {
        Descriptor d = descriptors.get(number);
        if (d instanceof OpenFile file) {
            return file;
        }
        throw (d instanceof Directory ? Errno.ISDIR : Errno.SPIPE).raise();
    }

    Errno setSize(long[] a) throws Errno.Raised, HostFailure {
        OpenFile file = descriptors.file(a[0]);
        file.require(Rights.FD_FILESTAT_SET_SIZE);
        if (a[1] < 0) {
            throw Errno.INVAL.raise();
        }
        host.fileChanges().resize(host.hostCall(), file.path(), a[1]);
        return Errno.SUCCESS;
    }
}
