package io.trinity.bench.kernels;

/** Something that runs the kernels. Confined to one thread. */
interface Machine {
    /** Runs a kernel; the number that it returns is the same everywhere. */
    int call(String kernel, int argument);
}
