package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code streams}: named queues that pipelines and plugins share. */
@ConsumerType
public interface Streams extends HostInterface {
    /**
     * Hands over all of the chunks or none, each to the stream that it names. Waits for room for
     * half of the time that the call has left.
     *
     * @throws HostFailure NOT_FOUND, DENIED, INVALID, LIMIT, TIMEOUT; nothing is handed over
     */
    void push(HostCall call, List<Chunk> chunks) throws HostFailure;

    /**
     * Takes up to {@code limit} chunks; waits for the first one.
     *
     * @param limit 1 to 64
     * @param timeoutMillis 0 to 4,294,967,295; never longer than the call has time
     * @return none where none came in time
     * @throws HostFailure NOT_FOUND, DENIED, INVALID; UNAVAILABLE after the last chunk
     */
    List<Chunk> pull(HostCall call, String name, long limit, long timeoutMillis) throws HostFailure;
}
