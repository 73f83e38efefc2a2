package io.trinity.configuration;

/**
 * Something that a configuration says and that does not hold.
 *
 * @param file name of the file in {@code conf/}, or the PID where there is no file
 * @param line counted from 1; 0 where it is of no single line
 * @param key the key that it is about; empty where it is about none
 * @param text what is wrong, what holds instead, and what to do; without the key
 */
record Problem(String file, int line, String key, String text) {
    /** For the log: {@code conf/FILE:LINE: KEY: TEXT}. */
    @Override
    public String toString() {
        return "conf/"
                + file
                + (line > 0 ? ":" + line : "")
                + ": "
                + (key.isEmpty() ? "" : key + ": ")
                + text;
    }
}
