package io.trinity.launcher;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * Which names of files this JVM can say. Its locale decides that when it starts, and nothing that
 * is done later: {@code ./tri} chooses one for UTF-8, whoever starts the JVM in another way may
 * not.
 */
final class FileNames {
    /** What the JVM encodes names with. */
    static final String PROPERTY = "sun.jnu.encoding";

    private FileNames() {}

    /**
     * What does not work under an encoding, in one line; empty for UTF-8.
     *
     * @param encoding the JVM's name of it
     */
    static Optional<String> warning(String encoding) {
        if (isUtf8(encoding)) {
            return Optional.empty();
        }
        return Optional.of(
                "trinity: names of files are read as "
                        + encoding
                        + " here, and others are not served; start it by ./tri, or with"
                        + " LC_ALL=C.UTF-8");
    }

    private static boolean isUtf8(String encoding) {
        try {
            return Charset.forName(encoding).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }
}
