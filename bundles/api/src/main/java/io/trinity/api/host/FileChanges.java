package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code file-changes}: changes files below the granted directories. */
@ConsumerType
public interface FileChanges extends HostInterface {
    /**
     * Writes all bytes or fails. The file is made if it is missing, and its directories; a gap
     * reads as zeros.
     *
     * @param offset as unsigned
     * @throws HostFailure DENIED, INVALID, NOT_FOUND, LIMIT, TIMEOUT, UNAVAILABLE, FAILED
     */
    void write(HostCall call, String path, long offset, byte[] data) throws HostFailure;

    /**
     * Cuts or extends a file.
     *
     * @param size bytes, as unsigned
     * @throws HostFailure as {@link #write}
     */
    void resize(HostCall call, String path, long size) throws HostFailure;

    /**
     * Removes a file or an empty directory.
     *
     * @throws HostFailure as {@link #write}
     */
    void remove(HostCall call, String path) throws HostFailure;
}
