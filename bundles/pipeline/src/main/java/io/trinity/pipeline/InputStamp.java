package io.trinity.pipeline;

import io.trinity.api.home.HardLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies at a path, looked at without following a link and without opening anything.
 *
 * @param sizeBytes length in bytes
 * @param modified time of the last modification
 * @param key device and inode, where the file system has them
 * @param links names that the file has; 1 where the file system does not say
 */
record InputStamp(long sizeBytes, FileTime modified, @Nullable Object key, Kind kind, int links) {
    /** What it is. */
    enum Kind {
        FILE,
        LINK,
        FOLDER,
        OTHER
    }

    static InputStamp of(Path path) throws IOException {
        BasicFileAttributes a =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int links = a.isRegularFile() ? HardLinks.names(path, LinkOption.NOFOLLOW_LINKS) : 1;
        return new InputStamp(a.size(), a.lastModifiedTime(), a.fileKey(), kind(a), links);
    }

    private static Kind kind(BasicFileAttributes a) {
        if (a.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (a.isRegularFile()) {
            return Kind.FILE;
        }
        return a.isDirectory() ? Kind.FOLDER : Kind.OTHER;
    }

    /** Why it is no input; nothing for an ordinary file. */
    Optional<String> objection() {
        return switch (kind) {
            case FILE -> Optional.empty();
            case LINK ->
                    Optional.of("it is a link, and none is followed; put the file itself there");
            case FOLDER -> Optional.of("it is a folder; put files into the inbox itself");
            case OTHER -> Optional.of("it is a pipe, a socket or a device");
        };
    }

    /** Whether nobody wrote in between, as far as one can tell. */
    boolean same(InputStamp other) {
        return sizeBytes == other.sizeBytes
                && modified.equals(other.modified)
                && String.valueOf(key).equals(String.valueOf(other.key));
    }
}
