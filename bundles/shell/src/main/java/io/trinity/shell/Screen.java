package io.trinity.shell;

import org.apache.felix.service.command.Process;

/** How wide the terminal is that the running command prints to. */
public final class Screen {
    /** The session's variable with the number; absent or 0 where there is no terminal. */
    public static final String COLUMNS = "COLUMNS";

    private static final int STANDARD_OUTPUT = 1;

    /** Narrower than this nothing can be laid out. */
    private static final int LEAST = 20;

    private Screen() {}

    /** Columns of the terminal; 0 for no limit: a file, a pipe, a program. */
    static int columns() {
        Process process = Process.Utils.current();
        if (process == null || !process.isTty(STANDARD_OUTPUT)) {
            return 0;
        }
        Object columns = process.job().session().get(COLUMNS);
        return columns instanceof Integer n && n > 0 ? Math.max(n, LEAST) : 0;
    }
}
