package io.trinity.pipeline;

import io.trinity.api.home.FileWords;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files, which strangers choose, as text. Pure. */
final class Names {
    private Names() {}

    /**
     * The last part of a path as a text that is a file's name here: what the host's locale cannot
     * express becomes {@code _}. A path itself keeps the bytes that it was listed with.
     */
    static String of(Path path) {
        String name = String.valueOf(path.getFileName());
        try {
            if (Path.of(name).getNameCount() == 1) {
                return name;
            }
        } catch (InvalidPathException e) {
            // below
        }
        String plain = name.replaceAll("[^\\x20-\\x2e\\x30-\\x7e]", "_");
        return plain.isEmpty() ? "_" : plain;
    }

    /** Escaped: without what steers a terminal or breaks a line. */
    static String printable(String name) {
        return Escaped.name(name);
    }

    /** Why, without the paths, which may be others each time. */
    static String reason(IOException e) {
        return Escaped.line(FileWords.of(e));
    }

    /** The text of an exception, which may hold a stranger's name. */
    static String printable(Throwable e) {
        return Escaped.line(String.valueOf(e));
    }
}
