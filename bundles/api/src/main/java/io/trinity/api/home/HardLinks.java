package io.trinity.api.home;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Files that have several names. Nothing is opened; what links lead to is not followed. */
public final class HardLinks {
    private HardLinks() {}

    /** How many names a file has; 1 where the file system does not say. */
    public static int names(Path file, LinkOption... options) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? ((Number) Files.getAttribute(file, "unix:nlink", options)).intValue()
                : 1;
    }

    /**
     * Whether a file has a name below a folder. Walks it: for few files only. What of it cannot be
     * read is passed over.
     *
     * @param key device and inode ({@link BasicFileAttributes#fileKey}); null for none, which
     *     nothing has
     */
    public static boolean isBelow(Path folder, @Nullable Object key) throws IOException {
        if (key == null || Files.notExists(folder)) {
            return false;
        }
        boolean[] found = {false};
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path there, BasicFileAttributes a) {
                        found[0] = a.isRegularFile() && key.equals(a.fileKey());
                        return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path there, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found[0];
    }
}
