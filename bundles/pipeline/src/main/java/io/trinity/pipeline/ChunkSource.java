package io.trinity.pipeline;

import io.trinity.api.stream.Chunk;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Cuts a file into chunks of one size; an empty file is one empty chunk. */
final class ChunkSource implements Closeable {
    private final InputStream in;
    private final int chunkBytes;
    private final String stream;
    private final String contentType;
    private final String modality;
    private final long eventTimeNanos;
    private byte[] next;
    private long sequence;
    private boolean ended;

    /**
     * Opens it.
     *
     * @param name of the file as people know it
     * @param stream the name of the stream that it is
     * @param options {@code NOFOLLOW_LINKS} where the path is a stranger's
     */
    ChunkSource(Path file, String name, String stream, int chunkBytes, LinkOption... options)
            throws IOException {
        this.chunkBytes = chunkBytes;
        this.stream = stream;
        contentType = MediaTypes.contentType(name);
        modality = MediaTypes.modality(contentType);
        eventTimeNanos = Files.getLastModifiedTime(file, options).to(TimeUnit.NANOSECONDS);
        in = new BufferedInputStream(Files.newInputStream(file, options), Chunk.MAX_PAYLOAD_BYTES);
        try {
            next = in.readNBytes(chunkBytes);
        } catch (IOException | RuntimeException | Error e) {
            in.close();
            throw e;
        }
    }

    /** The next chunk; nothing after the one that is the last. */
    Optional<Chunk> read() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        byte[] payload = next;
        next = in.readNBytes(chunkBytes);
        ended = next.length == 0;
        return Optional.of(
                new Chunk(
                        payload,
                        contentType,
                        modality,
                        stream,
                        List.of(),
                        sequence++,
                        eventTimeNanos,
                        ended));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
