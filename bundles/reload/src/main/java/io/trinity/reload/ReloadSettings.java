package io.trinity.reload;

import io.trinity.api.config.ConfigValues;

/**
 * How files become plugins.
 *
 * @param debounceMillis how long a file must have been left alone before it is read
 * @param pollMillis time between two looks at the plugin folder
 * @param loads how many plugins are loaded, started or drained at once
 * @param maxFileBytes most bytes of a plugin's file
 * @param cacheBytes most bytes of compiled modules that are kept in memory
 */
record ReloadSettings(
        int debounceMillis, int pollMillis, int loads, long maxFileBytes, long cacheBytes) {
    static final ReloadSettings DEFAULTS = new ReloadSettings(500, 200, 8, 16_777_216, 33_554_432);

    /**
     * Reads them; what is invalid is told of and stays as it was.
     *
     * @param last those that hold now
     */
    static ReloadSettings read(ConfigValues values, ReloadSettings last) {
        ReloadSettings d = DEFAULTS;
        return new ReloadSettings(
                (int)
                        values.number(
                                "debounceMillis", d.debounceMillis, last.debounceMillis, 0, 60_000),
                (int) values.number("pollMillis", d.pollMillis, last.pollMillis, 10, 60_000),
                (int) values.number("loads", d.loads, last.loads, 1, 64),
                values.number("maxFileBytes", d.maxFileBytes, last.maxFileBytes, 1024, 268_435_456),
                values.number("cacheBytes", d.cacheBytes, last.cacheBytes, 0, 1_073_741_824));
    }
}
