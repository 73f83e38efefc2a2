package io.trinity.engine;

import java.util.List;

/**
 * An instance of a module, by whatever it is run. Values are as in the port: i32 in the low 32
 * bits, floats by their bits.
 */
interface Side {
    /** A trap of the guest's; the side is not called again. */
    final class Trapped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Trapped(RuntimeException cause) {
            super(cause);
        }
    }

    /** What a guest imports; the same for each side. */
    @FunctionalInterface
    interface Host {
        /**
         * @param name of the import, without its module
         * @param caller the side that calls
         */
        long call(String name, Side caller, long[] arguments);
    }

    /**
     * Calls an exported function.
     *
     * @throws Trapped also where calls are nested too deep
     */
    long call(String function, long... arguments);

    int memoryBytes();

    byte[] read(int address, int length);

    void write(int address, byte[] bytes);

    /** All globals, by their bits. */
    List<Long> globals();
}
