package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * What the operating system said, for plugins: without the names of the host's directories. Pure.
 */
final class DiskFailure {
    private DiskFailure() {}

    /**
     * @param what the plugin's path
     */
    static HostFailure of(IOException e, String what) {
        if (e instanceof NoSuchFileException) {
            return notFound(what);
        }
        if (e instanceof NotDirectoryException) {
            return new HostFailure(
                    Reason.NOT_FOUND, "'%s': a name in it is no directory".formatted(what));
        }
        if (e instanceof AccessDeniedException) {
            return new HostFailure(
                    Reason.DENIED,
                    "'%s': the operating system does not let the host; change the permissions of the file or its directory"
                            .formatted(what));
        }
        if (e instanceof DirectoryNotEmptyException) {
            return new HostFailure(
                    Reason.FAILED, "'%s' is a directory that is not empty".formatted(what));
        }
        if (e instanceof ClosedByInterruptException) {
            return new HostFailure(Reason.UNAVAILABLE, "'%s': the host ends".formatted(what));
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return new HostFailure(
                    Reason.FAILED,
                    "'%s': a directory in it is to be made on another file system than that of the granted directory; make it by hand, or grant one there"
                            .formatted(what));
        }
        String reason = reason(e);
        if (reason.contains("No space left") || reason.contains("quota exceeded")) {
            return new HostFailure(
                    Reason.FAILED,
                    "'%s': the disk is full (%s), and the file is as it was; make room on the disk of the granted directory"
                            .formatted(what, reason));
        }
        return new HostFailure(Reason.FAILED, "'%s': %s".formatted(what, reason));
    }

    /** The system's words alone: the message of such an exception may begin with a path. */
    private static String reason(IOException e) {
        String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return e.getClass().getSimpleName()
                + (text == null || text.contains("/") ? "" : ": " + Escaped.brief(text));
    }

    static HostFailure notFound(String what) {
        return new HostFailure(Reason.NOT_FOUND, "'%s' does not exist".formatted(what));
    }
}
