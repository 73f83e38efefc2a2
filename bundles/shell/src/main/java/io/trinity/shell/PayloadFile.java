package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file as the payload of one chunk. */
final class PayloadFile {
    private PayloadFile() {}

    /**
     * Reads it, without taking more into memory than a chunk may hold.
     *
     * @throws CommandFailure if there is no such file, or it is larger
     */
    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.of(ErrorCode.NOT_FOUND, "there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Chunk.MAX_PAYLOAD_BYTES + 1);
            if (bytes.length > Chunk.MAX_PAYLOAD_BYTES) {
                throw new CommandFailure(
                        file
                                + " has "
                                + Files.size(file)
                                + " bytes; plugin:call sends one chunk of at most "
                                + Chunk.MAX_PAYLOAD_BYTES);
            }
            return bytes;
        }
    }
}
