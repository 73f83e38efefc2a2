package io.trinity.api.config;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Where configurations stand, for the messages of those who have no {@link Configurations} at hand:
 * what is deep in a call, or pure. Static, as names of loggers are: there is one for a process.
 * Thread-safe, waits for nobody.
 */
public final class Places {
    private static volatile UnaryOperator<String> places = Places::usual;

    private Places() {}

    /**
     * Where a configuration stands or would, as {@link Configurations#place} has it.
     *
     * @param pid of a singleton, or {@code FACTORY~NAME}
     */
    public static String of(String pid) {
        return places.apply(pid);
    }

    /** Where the configuration of a plugin stands or would. */
    public static String ofPlugin(String name) {
        return of("io.trinity.plugin~" + name);
    }

    /**
     * A file as messages name it, with the folder that it is in.
     *
     * @param file its path or URI
     */
    public static String ofFile(String file) {
        int name = file.lastIndexOf('/');
        return file.substring(file.lastIndexOf('/', name - 1) + 1);
    }

    /** Who knows tells from now on. Must not block. */
    public static void tell(UnaryOperator<String> all) {
        places = Objects.requireNonNull(all, "all");
    }

    /** Where they are unless somebody tells otherwise: a {@code .cfg} file named after the PID. */
    public static String usual(String pid) {
        return "conf/" + pid.replaceFirst("~", "-") + ".cfg";
    }
}
