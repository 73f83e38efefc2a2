package io.trinity.bench.compare;

import io.trinity.bench.kernels.Engines;
import io.trinity.bench.kernels.Load;
import io.trinity.bench.kernels.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that one process measures.
 *
 * @param subject name of a {@link Subject} or a {@link Load}, or a number of bytes
 */
record Task(Kind kind, String subject, String engine) {
    static final String SMALL_TRIP = "64";
    static final String LARGE_TRIP = "65536";
    static final Task RUNAWAY = new Task(Kind.RUNAWAY, "kernels", Engines.TRINITY);

    enum Kind {
        /** Microseconds of a call. */
        FUNCTION,
        /** Microseconds of bytes copied in, changed, copied out. */
        TRIP,
        /** Microseconds from a file to a result, once in a process. */
        LOAD,
        /** Microseconds of CPU time past a limit. */
        RUNAWAY
    }

    /**
     * What a round runs, once each, in this order: engines side by side, so that what disturbs the
     * machine disturbs all of them.
     *
     * @param engines that are there
     * @param only these kernels and nothing else; all, and everything else, where it is empty
     */
    static List<Task> round(List<String> engines, List<Subject> only) {
        List<Task> tasks = new ArrayList<>();
        List<Subject> functions = only.isEmpty() ? List.of(Subject.values()) : List.copyOf(only);
        for (Subject s : functions) {
            for (String engine : engines) {
                if (!engine.equals(Engines.EXTISM)) {
                    tasks.add(new Task(Kind.FUNCTION, s.name(), engine));
                }
            }
        }
        if (only.isEmpty()) {
            for (String bytes : List.of(SMALL_TRIP, LARGE_TRIP)) {
                engines.forEach(e -> tasks.add(new Task(Kind.TRIP, bytes, e)));
            }
            for (Load load : Load.values()) {
                loaders(engines).forEach(e -> tasks.add(new Task(Kind.LOAD, load.name(), e)));
            }
            tasks.add(RUNAWAY);
        }
        return tasks;
    }

    /** Those that load a module in a way of their own. */
    static List<String> loaders(List<String> engines) {
        List<String> loaders = new ArrayList<>(List.of(Engines.TRINITY, Engines.CACHED));
        for (String e : List.of(Engines.CHICORY_ARRAY, Engines.WASMTIME, Engines.V8)) {
            if (engines.contains(e)) {
                loaders.add(e);
            }
        }
        return loaders;
    }
}
