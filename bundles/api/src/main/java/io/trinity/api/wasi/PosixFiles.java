package io.trinity.api.wasi;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What WASI asks of files and the contract's two interfaces for them do not have. No module can
 * import it; WASI calls it, behind the same gate.
 */
@ConsumerType
public interface PosixFiles extends HostInterface {
    /** What became of it. */
    enum Outcome {
        /** It was done. */
        DONE,
        /** Nothing: there is one already. */
        EXISTS,
        /** Nothing: it is a directory. */
        IS_DIRECTORY,
        /** Nothing: it is no directory. */
        NOT_DIRECTORY,
        /** Nothing: the directory is not empty. */
        NOT_EMPTY
    }

    /**
     * What the granted directories are called; of {@code file_read}.
     *
     * @throws HostFailure DENIED
     */
    List<String> directories(HostCall call) throws HostFailure;

    /**
     * Sees that a file may be written.
     *
     * @param create where it is missing
     * @param exclusive only where it is missing
     * @param truncate to no bytes
     * @return DONE, EXISTS or IS_DIRECTORY
     * @throws HostFailure as {@link io.trinity.api.host.FileChanges#write}
     */
    Outcome open(HostCall call, String path, boolean create, boolean exclusive, boolean truncate)
            throws HostFailure;

    /**
     * Writes at the end.
     *
     * @return the new size in bytes
     * @throws HostFailure as {@link io.trinity.api.host.FileChanges#write}
     */
    long append(HostCall call, String path, byte[] data) throws HostFailure;

    /**
     * Makes one directory.
     *
     * @return DONE or EXISTS
     * @throws HostFailure as {@link io.trinity.api.host.FileChanges#write}
     */
    Outcome makeDirectory(HostCall call, String path) throws HostFailure;

    /**
     * Removes what is no directory.
     *
     * @return DONE or IS_DIRECTORY
     * @throws HostFailure as {@link io.trinity.api.host.FileChanges#write}
     */
    Outcome removeFile(HostCall call, String path) throws HostFailure;

    /**
     * Removes an empty directory.
     *
     * @return DONE, NOT_DIRECTORY or NOT_EMPTY
     * @throws HostFailure as {@link io.trinity.api.host.FileChanges#write}
     */
    Outcome removeDirectory(HostCall call, String path) throws HostFailure;
}
