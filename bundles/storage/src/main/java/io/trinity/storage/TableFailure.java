package io.trinity.storage;

/** A {@link Table} could not do what it was asked; the cause says why. */
final class TableFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TableFailure(Throwable cause) {
        super(cause.getMessage(), cause);
    }

    private TableFailure(String message) {
        super(message);
    }

    static TableFailure ended() {
        return new TableFailure("the storage is being stopped");
    }
}
