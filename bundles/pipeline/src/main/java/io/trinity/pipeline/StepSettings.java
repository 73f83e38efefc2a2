package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;

/**
 * How much one chunk of the input may become at each place that it passes, and a whole input in the
 * results.
 *
 * @param maxChunks that a place makes of it
 * @param maxMebibytes that they take in the host's memory
 * @param maxResultMebibytes of results, besides what {@link ResultLimit} allows for each byte
 */
record StepSettings(int maxChunks, int maxMebibytes, int maxResultMebibytes) {
    static final StepSettings DEFAULTS = new StepSettings(4096, 64, 64);

    static final String MAX_CHUNKS = "maxChunksPerStep";
    static final String MAX_MEBIBYTES = "maxMebibytesPerStep";
    static final String MAX_RESULT = "maxResultMebibytes";

    static StepSettings read(ConfigValues v, StepSettings last) {
        return new StepSettings(
                (int) v.number(MAX_CHUNKS, DEFAULTS.maxChunks, last.maxChunks, 1, 1_000_000),
                (int) v.number(MAX_MEBIBYTES, DEFAULTS.maxMebibytes, last.maxMebibytes, 1, 4096),
                (int)
                        v.number(
                                MAX_RESULT,
                                DEFAULTS.maxResultMebibytes,
                                last.maxResultMebibytes,
                                1,
                                1 << 20));
    }

    long maxBytes() {
        return (long) maxMebibytes << 20;
    }
}
