package io.trinity.bench.kernels;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A function that all engines have, with its argument. */
public enum Subject {
    XOR64(true, 16),
    FLETCHER(true, 4),
    LZ(true, 1),
    FIB(true, 20),
    SHA256(true, 1),
    MATMUL(true, 1),
    MACHINE(true, 50_000),
    /** Of {@code trips.wat}: what a call costs. */
    EMPTY(false, 0),
    /** Of {@code trips.wat}: a thousand calls of a function of the host's. */
    CALLS(false, 1_000);

    /** In {@code kernels.c}: what is compared by geometric means. */
    private final boolean kernel;

    private final int argument;

    Subject(boolean kernel, int argument) {
        this.kernel = kernel;
        this.argument = argument;
    }

    /** The kernels, each of which takes a fraction of a millisecond in plain Java. */
    public static List<Subject> kernels() {
        return Arrays.stream(values()).filter(s -> s.kernel).toList();
    }

    /** The name of the exported function. */
    public String export() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int argument() {
        return argument;
    }

    /** File that {@link Modules#write} writes. */
    public String module() {
        return kernel ? "kernels.wasm" : "trips.wasm";
    }

    /** The function in a new instance. */
    Machine.Export on(String engine) {
        Machine machine = kernel ? Engines.kernels(engine) : Engines.of(engine, Modules.trips());
        return machine.function(export());
    }
}
