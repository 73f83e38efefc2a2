package io.trinity.wasi;

import io.trinity.api.host.Files;
import io.trinity.api.sandbox.HostFailure;

/** What is known of a file, and how {@code $filestat} says it. */
final class FileStats {
    private static final int FILESTAT_BYTES = 64;
    private static final int INODE_AT = 8;
    private static final int TYPE_AT = 16;
    private static final int LINKS_AT = 24;
    private static final int SIZE_AT = 32;
    private static final int ACCESSED_AT = 40;
    private static final int MODIFIED_AT = 48;
    private static final int CHANGED_AT = 56;

    private final WasiHost host;

    FileStats(WasiHost host) {
        this.host = host;
    }

    /**
     * @param modifiedNanos since 1970
     */
    record Stat(boolean directory, long sizeBytes, long modifiedNanos) {
        int type() {
            return directory ? Descriptor.DIRECTORY : Descriptor.REGULAR_FILE;
        }

        static Stat of(Files.Entry entry) {
            return new Stat(entry.directory(), entry.size(), entry.modifiedNanos());
        }
    }

    /**
     * @param path empty for the root
     */
    Stat stat(String path) throws HostFailure {
        return path.isEmpty()
                ? new Stat(true, 0, 0)
                : Stat.of(host.files().stat(host.hostCall(), path));
    }

    static void put(GuestBytes m, long at, String path, Stat stat) {
        put(m, at, GuestPath.inode(path), stat.type(), stat.sizeBytes(), stat.modifiedNanos());
    }

    static void put(GuestBytes m, long at, long inode, int type, long size, long modified) {
        m.put(at, new byte[FILESTAT_BYTES], 0, FILESTAT_BYTES);
        m.putLong(at, 1);
        m.putLong(at + INODE_AT, inode);
        m.putByte(at + TYPE_AT, type);
        m.putLong(at + LINKS_AT, 1);
        m.putLong(at + SIZE_AT, size);
        m.putLong(at + ACCESSED_AT, modified);
        m.putLong(at + MODIFIED_AT, modified);
        m.putLong(at + CHANGED_AT, modified);
    }

    /** Sees that there is room for it, before anything is asked. */
    static void check(GuestBytes m, long at) {
        m.check(at, FILESTAT_BYTES);
    }
}
