package io.trinity.vsa;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The invariant that every operation relies on and must keep. */
final class Planes {

    private Planes() {}

    static void assertInvariant(Hypervector v) {
        int words = (v.dimension() + 63) / 64;
        assertEquals(words, v.nonzero().length);
        assertEquals(words, v.negative().length);
        for (int w = 0; w < words; w++) {
            assertEquals(0, v.negative()[w] & ~v.nonzero()[w], "a sign without an element");
        }
        for (int bit = v.dimension(); bit < words * 64; bit++) {
            assertEquals(0, v.nonzero()[words - 1] >>> bit & 1, "a bit past the last element");
        }
    }
}
