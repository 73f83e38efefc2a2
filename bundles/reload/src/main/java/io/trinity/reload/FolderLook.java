package io.trinity.reload;

import io.trinity.api.home.FileFingerprint;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one look at the plugin folder showed. Links are followed, that of the folder and those in
 * it.
 *
 * @param trouble why the folder could not be listed; empty where it could
 * @param identity of the folder itself: another one where it was replaced, mounted or unmounted
 * @param files what each plugin file looks like; two values are equal where nothing tells that it
 *     was changed
 * @param leftAlone why an entry is no plugin file
 */
record FolderLook(
        Optional<String> trouble,
        String identity,
        Map<Path, String> files,
        Map<Path, String> leftAlone) {
    private static final String ENDING = ".wasm";
    private static final int MOST_LEFT_ALONE = 100;

    /** Looks. */
    static FolderLook at(Path folder) {
        Map<Path, String> files = new TreeMap<>();
        Map<Path, String> leftAlone = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            // Through it, so that what is listed and what is named are one folder, links or not.
            String identity = identity(folder);
            for (Path entry : entries) {
                Optional<String> why = whyNoPlugin(entry);
                if (why.isPresent() && leftAlone.size() >= MOST_LEFT_ALONE) {
                    continue;
                }
                if (why.isPresent()) {
                    leftAlone.put(entry, why.get());
                } else {
                    print(entry).ifPresent(p -> files.put(entry, p));
                }
            }
            return new FolderLook(Optional.empty(), identity, files, leftAlone);
        } catch (NoSuchFileException e) {
            return trouble("is not there");
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            return trouble("cannot be listed: " + e);
        }
    }

    private static FolderLook trouble(String what) {
        return new FolderLook(Optional.of(what), "", Map.of(), Map.of());
    }

    private static String identity(Path folder) throws IOException {
        BasicFileAttributes a = Files.readAttributes(folder, BasicFileAttributes.class);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> unix = Files.readAttributes(folder, "unix:dev,ino");
            return unix.get("dev") + ":" + unix.get("ino");
        }
        return String.valueOf(a.fileKey());
    }

    /** What an entry looks like now; nothing where none is there. */
    static Optional<String> print(Path entry) {
        try {
            return Optional.of(FileFingerprint.of(entry).toString());
        } catch (IOException e) {
            // A link to nothing, or one that may not be looked at: there, and told of when read.
            return Files.exists(entry, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of("unreadable")
                    : Optional.empty();
        }
    }

    /** The later of a file's last write and last change of any kind, in milliseconds. */
    static long touchedMillis(Path file) throws IOException {
        long modified = Files.getLastModifiedTime(file).toMillis();
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return modified;
        }
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
        return Math.max(modified, changed.toMillis());
    }

    /** Whether a name is that of a plugin file: what ends in .wasm, in whatever letters. */
    static boolean isPluginName(String name) {
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    private static Optional<String> whyNoPlugin(Path entry) {
        String name = String.valueOf(entry.getFileName());
        if (isPluginName(name)) {
            return Optional.empty();
        }
        if (name.startsWith(".")) {
            return Optional.of("its name begins with a dot");
        }
        if (Files.isDirectory(entry)) {
            return Optional.of("it is a folder, and folders in this one are not looked into");
        }
        return Optional.of("its name does not end in " + ENDING);
    }
}
