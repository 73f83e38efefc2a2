package io.trinity.outside;

/**
 * How a command ended and what it printed.
 *
 * @param code its exit code; 128 + N where signal N ended it
 * @param out standard output, in UTF-8
 * @param err standard error, in UTF-8
 */
record Said(int code, String out, String err) {
    /** Both, for a look at what was said wherever it was said. */
    String all() {
        return out + err;
    }
}
