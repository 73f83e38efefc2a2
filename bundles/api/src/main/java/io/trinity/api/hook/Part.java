package io.trinity.api.hook;

import io.trinity.api.stream.Vector;

/**
 * What one modality brings to a window that is about to be fused: {@code record part} of the
 * contract.
 *
 * @param chunks number of chunks behind it, 0 to 4,294,967,295
 * @param weight not negative
 * @param bundle of the chunks' vectors
 */
public record Part(String modality, long chunks, double weight, Vector bundle) {}
