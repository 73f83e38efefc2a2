package io.trinity.bench.kernels;

import java.util.Locale;

/** A module that is loaded, with the function that is called then. */
public enum Load {
    /** Three kilobytes: the kernels. */
    SMALL("fib"),
    /** One megabyte, nearly all of it code. */
    LARGE("mark");

    private final String export;

    Load(String export) {
        this.export = export;
    }

    public String export() {
        return export;
    }

    /** Name of the file. */
    public String file() {
        return name().toLowerCase(Locale.ROOT) + ".wasm";
    }
}
