package io.trinity.storage;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** What an operator can do about a file that fails. */
final class ErrorAdvice {
    private static final String DISK = "make room on the disk and check who may write there";

    private ErrorAdvice() {}

    static String of(TableFailure failure) {
        if (failure.getCause() == null) {
            return "";
        }
        if (!(failure.getCause() instanceof MVStoreException e)) {
            return DISK;
        }
        switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED:
                return "stop the other program that has the file open";
            case DataUtils.ERROR_FILE_CORRUPT:
            case DataUtils.ERROR_UNSUPPORTED_FORMAT:
                return "put the file's backup in its place, or move the file away to begin anew;"
                        + " nothing was deleted";
            default:
                return DISK;
        }
    }
}
