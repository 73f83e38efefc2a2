package io.trinity.bench.kernels;

import java.util.function.UnaryOperator;

/** A module that an engine has instantiated, or its twin in plain Java. Confined to one thread. */
interface Machine {
    /**
     * A function of one number that returns one; the same arguments give the same results
     * everywhere. What takes or returns nothing ignores the argument or returns 0.
     */
    Export function(String export);

    /** An exported function. */
    @FunctionalInterface
    interface Export {
        int call(int argument);
    }

    /** Copies bytes in, has each changed, and copies them out: the way of a chunk's payload. */
    UnaryOperator<byte[]> trip();

    /** Whether a function has no parameter. */
    static boolean takesNothing(String export) {
        return export.equals("empty") || export.equals("mark");
    }

    /** What the functions of {@code trips.wat} call in the host. */
    static int next(int x) {
        return x * 31 + 7;
    }
}
