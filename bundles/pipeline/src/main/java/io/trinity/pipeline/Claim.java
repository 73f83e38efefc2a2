package io.trinity.pipeline;

import java.nio.file.Path;

/**
 * An input that is this pipeline's alone: it lies in a folder of its own below the work folder.
 * What else lies there has names that begin with a dot.
 *
 * @param folder that it has for itself; its name is a number, the later the higher
 * @param file where it lies, with the bytes of its name in the inbox
 * @param name the same as a text
 */
record Claim(Path folder, Path file, String name) {
    static Claim of(Path folder, Path file) {
        return new Claim(folder, file, Names.of(file));
    }

    /** The folder's name. */
    String id() {
        return String.valueOf(folder.getFileName());
    }
}
