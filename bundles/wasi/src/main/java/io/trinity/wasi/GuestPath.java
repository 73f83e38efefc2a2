package io.trinity.wasi;

import io.trinity.wasi.Descriptor.Directory;
import java.util.ArrayList;
import java.util.List;

/**
 * From a path as WASI has it, relative to a directory, to one as the contract's functions take it.
 * What is more than spelling ({@code ..}, odd characters) is theirs to refuse. Pure.
 */
final class GuestPath {
    private GuestPath() {}

    /**
     * @return empty for the root
     */
    static String of(Directory from, String relative) throws Errno.Raised {
        if (relative.isEmpty()) {
            throw Errno.NOENT.raise();
        }
        if (relative.startsWith("/")) {
            throw Errno.NOTCAPABLE.raise();
        }
        List<String> names = new ArrayList<>();
        if (!from.path().isEmpty()) {
            names.add(from.path());
        }
        for (String name : relative.split("/")) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    /** What {@code st_ino} and {@code d_ino} say: no number of the disk, and never 0. */
    static long inode(String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        return hash | 1;
    }

    /** A name in a directory. */
    static String child(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
