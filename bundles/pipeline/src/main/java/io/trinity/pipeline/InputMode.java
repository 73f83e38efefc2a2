package io.trinity.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may read an input may read what is made of it, and nobody else: files have what the process's
 * mask gives them, less what the input does not give to group and others. Pure but for the disk.
 */
final class InputMode {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private InputMode() {}

    /**
     * Takes from a file what an input does not allow; one that is not there allows its owner only.
     * Where the file system has no modes, nothing is done.
     */
    static void limit(Path file, Path input, LinkOption... options) throws IOException {
        PosixFileAttributeView view = view(file, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> now = view.readAttributes().permissions();
        Set<PosixFilePermission> less = EnumSet.copyOf(OWNERS);
        less.addAll(allowed(input, options));
        less.retainAll(now);
        if (less.equals(now)) {
            return;
        }
        try {
            view.setPermissions(less);
        } catch (IOException e) {
            // A file system without modes of its own (vfat, some of the network): whoever mounted
            // it has said who may read there.
        }
    }

    private static Set<PosixFilePermission> allowed(Path input, LinkOption... options)
            throws IOException {
        PosixFileAttributeView view = view(input, options);
        return view == null || !Files.exists(input, options)
                ? Set.of()
                : view.readAttributes().permissions();
    }

    private static @Nullable PosixFileAttributeView view(Path file, LinkOption... options) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, options);
    }
}
