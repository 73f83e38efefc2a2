package io.trinity.api.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * What tells whether a path leads to the same content as before, without reading it. Links are
 * followed: one that is switched leads to another inode. A file of equal size and time that takes
 * another's place has another inode, and one that is written in place with its time set back has
 * another time of change, which nobody can set.
 *
 * @param sizeBytes length in bytes
 * @param modified time of the last modification
 * @param identity device, inode, time of change and mode, where the file system has them; else the
 *     file's key, which may be empty
 */
public record FileFingerprint(long sizeBytes, FileTime modified, String identity) {
    /**
     * As of now.
     *
     * @throws IOException where nothing is there, a link leads nowhere, or it cannot be looked at
     */
    public static FileFingerprint of(Path path) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class);
        return new FileFingerprint(basic.size(), basic.lastModifiedTime(), identity(path, basic));
    }

    private static String identity(Path path, BasicFileAttributes basic) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return String.valueOf(basic.fileKey());
        }
        Map<String, Object> unix = Files.readAttributes(path, "unix:dev,ino,ctime,mode");
        return unix.get("dev")
                + ":"
                + unix.get("ino")
                + ":"
                + unix.get("ctime")
                + ":"
                + unix.get("mode");
    }
}
