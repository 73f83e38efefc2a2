package io.trinity.api.home;

import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a file, in words: Java itself often says no more than a class's name. */
public final class FileWords {
    private FileWords() {}

    /** Without the file: {@code it is not there}. */
    public static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied to the host's user";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        if (e instanceof NotDirectoryException) {
            return "it is no directory";
        }
        if (e instanceof FileSystemLoopException) {
            return "its links lead in a circle";
        }
        @Nullable String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        if (text == null || text.isBlank()) {
            return "the system says no more than " + e.getClass().getSimpleName();
        }
        return text.equals("Is a directory") ? "it is a directory" : Escaped.line(text);
    }

    /** With the file in front, where the exception names one. */
    public static String named(IOException e) {
        return e instanceof FileSystemException f && f.getFile() != null
                ? Escaped.line(f.getFile()) + ": " + of(e)
                : of(e);
    }
}
