package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose bytes a command sends. */
final class PayloadFile {
    private PayloadFile() {}

    /**
     * Reads it, without taking more into memory than may be sent.
     *
     * @param most bytes
     * @param bound what takes no more, for the message: {@code plugin:call sends one chunk of}
     * @throws CommandFailure if there is no such file, it cannot be read, or it is larger
     */
    static byte[] read(Path file, int most, String bound) {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.of(ErrorCode.NOT_FOUND, "there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CommandFailure(
                        file
                                + " has "
                                + Files.size(file)
                                + " bytes; "
                                + bound
                                + " at most "
                                + most);
            }
            return bytes;
        } catch (IOException e) {
            throw CommandFailure.of(
                    ErrorCode.FILE_UNREADABLE, file + ": " + e.getClass().getSimpleName());
        }
    }
}
