package io.trinity.reload;

import io.trinity.api.config.Places;
import io.trinity.api.home.FileWords;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.text.Escaped;
import io.trinity.api.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file in the plugin folder, read once and whole.
 *
 * @param path where it lies
 * @param bytes its content; must not be changed
 * @param digest SHA-256 of the content
 */
record PluginFile(Path path, byte[] bytes, String digest) {
    /** How errors name a file before its manifest was read. */
    static PluginRef ref(Path path) {
        return PluginRef.named(key(path));
    }

    /**
     * The name under which a file is listed before its manifest was read: with its ending, so that
     * it is never the name of a plugin; odd characters escaped.
     */
    static String key(Path path) {
        return printable(String.valueOf(path.getFileName()));
    }

    /** A stranger's name for people: escaped, and not too long. */
    static String printable(String name) {
        return Escaped.name(name, 120);
    }

    /**
     * Whether it may be read, without its content.
     *
     * @return its length in bytes
     * @throws PluginException FILE_UNREADABLE, FILE_KIND, FILE_TOO_LARGE
     */
    static long look(Path path, long maxBytes) {
        try {
            BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
            if (!a.isRegularFile()) {
                throw PluginException.of(
                        ErrorCode.FILE_KIND,
                        ref(path),
                        a.isDirectory() ? "it is a directory" : "it is not a regular file",
                        "put a .wasm file there, or give it another name");
            }
            if (a.size() > maxBytes) {
                throw PluginException.of(
                        ErrorCode.FILE_TOO_LARGE,
                        ref(path),
                        "it is %s bytes long, the limit is %s; it was not read"
                                .formatted(a.size(), maxBytes),
                        "strip it (wasm-strip, -Oz), or raise maxFileBytes in "
                                + Places.of("io.trinity.reload"));
            }
            return a.size();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Reads it.
     *
     * @throws PluginException as {@link #look}
     */
    static PluginFile read(Path path, long maxBytes) {
        look(path, maxBytes);
        try (InputStream in = Files.newInputStream(path)) {
            // One byte more than allowed: the file may have grown since it was looked at.
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
            if (bytes.length > maxBytes) {
                look(path, maxBytes);
                throw unreadable(path, new IOException("it grows while it is read"));
            }
            return new PluginFile(path, bytes, Sha256.hex(bytes));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Whether anything is there, be it a link to nothing. */
    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The plugin file of that name directly in a folder, where one is there: nothing outside the
     * folder is ever meant, whatever the name.
     */
    static Optional<Path> in(Path folder, String name) {
        try {
            Path alone = folder.getFileSystem().getPath(name);
            boolean plain = !alone.isAbsolute() && alone.getNameCount() == 1;
            return Optional.of(folder.resolve(alone))
                    .filter(f -> plain && FolderLook.isPluginName(alone.toString()) && exists(f));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The host failed in a way that it should not while it dealt with a file. */
    static PluginException internal(Path path, Throwable e) {
        return PluginException.of(
                ErrorCode.INTERNAL,
                ref(path),
                "the host failed: " + e,
                "report it with the log",
                e);
    }

    private static PluginException unreadable(Path path, IOException e) {
        return PluginException.of(
                ErrorCode.FILE_UNREADABLE,
                ref(path),
                "it cannot be read: " + FileWords.of(e),
                "check that it is there and that the user of this process may read it",
                e);
    }
}
