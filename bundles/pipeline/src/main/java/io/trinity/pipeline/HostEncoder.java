package io.trinity.pipeline;

import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import io.trinity.vsa.Weighted;
import java.util.ArrayList;
import java.util.List;

/**
 * The hypervector of a payload where no modality handler gives one: the bundle of its byte
 * trigrams. Payloads that share many trigrams are similar. At most {@value #MAX_GRAMS} are taken,
 * evenly spaced, so that the cost does not grow with the payload. Deterministic on every host of
 * the same dimension.
 */
final class HostEncoder {
    static final int MAX_GRAMS = 256;

    private static final int GRAM_BYTES = 3;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private HostEncoder() {}

    static Hypervector encode(VectorSpace space, byte[] payload) {
        int grams = Math.max(1, payload.length - GRAM_BYTES + 1);
        int taken = Math.min(grams, MAX_GRAMS);
        List<Weighted> parts = new ArrayList<>(taken);
        for (int i = 0; i < taken; i++) {
            int at = (int) ((long) i * grams / taken);
            parts.add(new Weighted(space.random(hash(payload, at)), 1));
        }
        return space.bundle(parts);
    }

    private static long hash(byte[] payload, int at) {
        long h = FNV_OFFSET;
        for (int i = at; i < Math.min(at + GRAM_BYTES, payload.length); i++) {
            h = (h ^ (payload[i] & 0xff)) * FNV_PRIME;
        }
        return h;
    }

    /** A seed that stands for a name. */
    static long seed(String name) {
        long h = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            h = (h ^ name.charAt(i)) * FNV_PRIME;
        }
        return h;
    }
}
