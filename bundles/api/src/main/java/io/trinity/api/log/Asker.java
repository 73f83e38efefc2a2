package io.trinity.api.log;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for what the present thread does, for the audit log: {@code user:NAME} at the control
 * socket, {@code terminal:NAME}, {@code file:conf/X.cfg}, or the host itself. A thread that is made
 * meanwhile inherits it; so whoever has threads of his own says for each piece of work whose it is.
 * Trusted as far as the host's own code is: plugins cannot reach it.
 */
public final class Asker {
    /** Nobody asked: the host does it by itself. */
    public static final String HOST = "host";

    private static final InheritableThreadLocal<@Nullable String> NOW =
            new InheritableThreadLocal<>();

    private Asker() {}

    /** Who asked; {@link #HOST} where nobody did. */
    public static String now() {
        String who = NOW.get();
        return who == null ? HOST : who;
    }

    /** Whether anybody did. */
    public static boolean isKnown() {
        return NOW.get() != null;
    }

    /** From now on, for a thread that works for nobody else. */
    public static void set(String who) {
        NOW.set(who);
    }

    /** Does some work for somebody. */
    public static void run(String who, Runnable work) {
        String before = NOW.get();
        NOW.set(who);
        try {
            work.run();
        } finally {
            restore(before);
        }
    }

    /** The same with a result. */
    public static <T> T call(String who, Callable<T> work) throws Exception {
        String before = NOW.get();
        NOW.set(who);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable String before) {
        if (before == null) {
            NOW.remove();
        } else {
            NOW.set(before);
        }
    }
}
