package io.trinity.launcher;

/** How commands of {@code ./tri} end, but for 128 + N where signal N ended them. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;

    /** The words are not what the command takes. */
    static final int USAGE = 2;

    /** Nothing runs in that home. */
    static final int NOT_RUNNING = 3;

    /** Something runs in that home, and gives no answer in time. */
    static final int NO_ANSWER = 4;

    /** Standard output could not be written. */
    static final int OUTPUT = 5;

    /** Who read standard output has gone: as if SIGPIPE had ended the command. */
    static final int READER_GONE = 141;

    private ExitCode() {}
}
