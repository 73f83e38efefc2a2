package io.trinity.shell;

import io.trinity.shell.control.Progress;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;

/** Work that the host goes on with when the one who asked for it is gone. */
final class GoesOn {
    private GoesOn() {}

    /**
     * Does it; whoever waits is told meanwhile what goes on without them.
     *
     * @param what in words that follow "the host goes on: "
     */
    static <T> T with(CommandSession session, String what, Callable<T> work) throws Exception {
        Progress progress = session.get(Progress.VARIABLE) instanceof Progress p ? p : NOBODY;
        progress.goesOn(what);
        try {
            return work.call();
        } finally {
            progress.goesOn("");
        }
    }

    /** The same for work that throws nothing that must be declared. */
    static <T> T quietly(CommandSession session, String what, Supplier<T> work) {
        try {
            return with(session, what, work::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a supplier throws no such exception", e);
        }
    }

    private static final Progress NOBODY =
            new Progress() {
                @Override
                public void doing(String what) {
                    // Nobody waits.
                }

                @Override
                public void goesOn(String what) {
                    // Nobody waits.
                }
            };
}
