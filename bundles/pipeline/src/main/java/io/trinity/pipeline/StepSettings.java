package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;

/**
 * How much one chunk of the input may become at each place that it passes.
 *
 * @param maxChunks that a place makes of it
 * @param maxMebibytes that they take in the host's memory
 */
record StepSettings(int maxChunks, int maxMebibytes) {
    static final StepSettings DEFAULTS = new StepSettings(4096, 64);

    static final String MAX_CHUNKS = "maxChunksPerStep";
    static final String MAX_MEBIBYTES = "maxMebibytesPerStep";

    static StepSettings read(ConfigValues v, StepSettings last) {
        return new StepSettings(
                (int) v.number(MAX_CHUNKS, DEFAULTS.maxChunks, last.maxChunks, 1, 1_000_000),
                (int) v.number(MAX_MEBIBYTES, DEFAULTS.maxMebibytes, last.maxMebibytes, 1, 4096));
    }

    long maxBytes() {
        return (long) maxMebibytes << 20;
    }
}
