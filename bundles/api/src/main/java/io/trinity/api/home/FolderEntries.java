package io.trinity.api.home;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in a folder. A disk that fails while it is read is an {@link IOException} like any
 * other; {@link Files#list} throws unchecked then, which ends threads that are to go on.
 */
public final class FolderEntries {
    private FolderEntries() {}

    /**
     * All entries, links not followed, in the order of their names.
     *
     * @throws IOException if it cannot be read to its end
     */
    public static List<Path> of(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            List<Path> all = new ArrayList<>();
            entries.forEach(all::add);
            all.sort(null);
            return all;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
