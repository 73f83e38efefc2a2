package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Interface {@code files}: reads below the granted directories. A path begins with the name of a
 * grant.
 */
@ConsumerType
public interface Files extends HostInterface {
    /**
     * {@code record entry}.
     *
     * @param size bytes; 0 of a directory
     * @param modifiedNanos since 1970-01-01T00:00:00Z
     */
    record Entry(String name, long size, long modifiedNanos, boolean directory) {
        public Entry {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * Up to {@code length} bytes from {@code offset}; fewer, or none, at the end of the file only.
     *
     * @param offset as unsigned
     * @param length at most 1 MiB
     * @throws HostFailure DENIED, INVALID, NOT_FOUND, LIMIT, TIMEOUT, UNAVAILABLE, FAILED
     */
    byte[] read(HostCall call, String path, long offset, long length) throws HostFailure;

    /**
     * What is known of a file or directory.
     *
     * @throws HostFailure as {@link #read}
     */
    Entry stat(HostCall call, String path) throws HostFailure;

    /**
     * At most 1,000 entries in the order of their names' bytes.
     *
     * @param after name that they come after; empty for the first ones
     * @throws HostFailure as {@link #read}
     */
    List<Entry> entries(HostCall call, String path, String after) throws HostFailure;
}
