package io.trinity.launcher;

/** Something the person at the keyboard can understand and mend: told in one line. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param code a word in capitals for programs that asked for JSON
     */
    Failure(int exitCode, String code, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = code;
    }

    private Failure(int exitCode, String code, String message) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
    }

    Failure(String message) {
        this(ExitCode.FAILED, "FAILED", message);
    }

    Failure(String message, Throwable cause) {
        this(ExitCode.FAILED, "FAILED", message, cause);
    }

    /** Words that the command does not take. */
    static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, "USAGE", message);
    }

    int exitCode() {
        return exitCode;
    }

    String code() {
        return code;
    }
}
