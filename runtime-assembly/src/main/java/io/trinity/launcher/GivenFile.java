package io.trinity.launcher;

import io.trinity.api.home.FileWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file that somebody named on the command line. */
final class GivenFile {
    private GivenFile() {}

    /**
     * The file, if it is one.
     *
     * @throws Failure where there is none, where it is a folder or the like, and where that cannot
     *     be seen
     */
    static Path existing(Path file) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new Failure(file + " is no file but a folder or a device");
            }
            return file;
        } catch (NoSuchFileException e) {
            throw new Failure("there is no file " + file, e);
        } catch (IOException e) {
            throw new Failure("cannot look at " + file + ": " + FileWords.of(e), e);
        }
    }
}
