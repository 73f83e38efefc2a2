package io.trinity.wasi;

import io.trinity.api.host.Files.Entry;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.wasi.Descriptor.Directory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code fd_readdir}, by {@code files.entries}. A cookie is how many entries come before; the name
 * of the last one that was given is remembered, so that going on costs nothing, and going anywhere
 * else begins anew.
 */
final class DirectoryReading {
    private static final int DIRENT_BYTES = 24;

    /** A buffer that is not filled means the end: so a larger one is not cut, but refused. */
    static final int MOST_BYTES = 1 << 20;

    private final WasiHost host;
    private final Descriptors descriptors;

    DirectoryReading(WasiHost host, Descriptors descriptors) {
        this.host = host;
        this.descriptors = descriptors;
    }

    Errno read(GuestBytes m, long[] a) throws Errno.Raised, HostFailure {
        m.check(a[4], Integer.BYTES);
        m.check(a[1], a[2]);
        Directory directory = descriptors.directory(a[0]);
        if (a[2] > MOST_BYTES || a[3] < 0) {
            throw Errno.INVAL.raise();
        }
        int room = (int) a[2];
        int used = 0;
        long cookie = a[3];
        String after = nameBefore(directory, cookie);
        while (used < room) {
            List<Entry> page = page(directory, after);
            if (page.isEmpty()) {
                break;
            }
            for (Entry entry : page) {
                cookie++;
                after = entry.name();
                byte[] bytes = dirent(directory, entry, cookie);
                int length = Math.min(bytes.length, room - used);
                m.put(a[1] + used, bytes, 0, length);
                used += length;
                if (length == bytes.length) {
                    directory.remember(cookie, after);
                }
                if (used == room) {
                    break;
                }
            }
        }
        m.putInt(a[4], used);
        return Errno.SUCCESS;
    }

    /** Of the entry that has the cookie; of the last one where there are not so many. */
    private String nameBefore(Directory directory, long cookie) throws HostFailure {
        if (cookie == 0) {
            return "";
        }
        if (directory.remembers(cookie)) {
            return directory.before();
        }
        String after = "";
        long missing = cookie;
        while (true) {
            List<Entry> page = page(directory, after);
            if (page.isEmpty()) {
                return after;
            }
            int last = (int) Math.min(missing, page.size()) - 1;
            after = page.get(last).name();
            missing -= last + 1;
            if (missing == 0) {
                return after;
            }
        }
    }

    private List<Entry> page(Directory directory, String after) throws HostFailure {
        if (directory.path().isEmpty()) {
            return host.posixFiles().directories(host.hostCall()).stream()
                    .sorted()
                    .filter(name -> name.compareTo(after) > 0)
                    .map(name -> new Entry(name, 0, 0, true))
                    .toList();
        }
        return host.files().entries(host.hostCall(), directory.path(), after);
    }

    private static byte[] dirent(Directory directory, Entry entry, long next) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(DIRENT_BYTES + name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(next)
                .putLong(GuestPath.inode(GuestPath.child(directory.path(), entry.name())))
                .putInt(name.length)
                .putInt(entry.directory() ? Descriptor.DIRECTORY : Descriptor.REGULAR_FILE)
                .put(name)
                .array();
    }
}
