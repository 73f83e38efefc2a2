package io.trinity.vsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Bitplanes give what one element at a time gives, and keep their invariant. */
class NaiveComparisonTest {

    private static final long TIE_SEED = 0x5452494E495459L;

    @Property(tries = 300)
    void packingLosesNothing(@ForAll("several") List<byte[]> several) {
        Hypervector packed = space(several).of(several.get(0));

        assertSame(several.get(0), packed);
    }

    @Property(tries = 300)
    void bindMultipliesElementByElement(@ForAll("several") List<byte[]> several) {
        VectorSpace space = space(several);
        byte[] a = several.get(0);
        byte[] b = several.get(1);

        assertSame(NaiveVectors.bind(a, b), space.bind(space.of(a), space.of(b)));
        assertSame(NaiveVectors.bind(a, b), space.unbind(space.of(a), space.of(b)));
    }

    @Property(tries = 600)
    void bundleIsTheSignOfTheWeightedSum(@ForAll("parts") List<Weighted> parts) {
        VectorSpace space = new VectorSpace(parts.get(0).vector().dimension());
        byte[] ties = space.random(TIE_SEED).toTrits();

        assertSame(NaiveVectors.bundle(parts, ties), space.bundle(parts));
    }

    @Property(tries = 600)
    void permuteRotatesByAnyInt(@ForAll("several") List<byte[]> several, @ForAll int shift) {
        byte[] v = several.get(0);

        assertSame(
                NaiveVectors.permute(v, shift),
                space(several).permute(space(several).of(v), shift));
    }

    @Property(tries = 20)
    void permuteRotatesByEveryDistance(@ForAll("several") List<byte[]> several) {
        byte[] v = several.get(0);
        for (int shift = -v.length; shift <= v.length; shift++) {
            assertSame(
                    NaiveVectors.permute(v, shift),
                    space(several).permute(space(several).of(v), shift));
        }
    }

    @Property(tries = 300)
    void similarityIsTheCosine(@ForAll("several") List<byte[]> several) {
        VectorSpace space = space(several);
        byte[] a = several.get(0);
        byte[] b = several.get(1);

        double similarity = space.similarity(space.of(a), space.of(b));

        assertEquals(NaiveVectors.similarity(a, b), similarity, 1e-12);
        assertTrue(similarity >= -1 && similarity <= 1);
    }

    @Provide
    Arbitrary<List<byte[]>> several() {
        return Trits.several();
    }

    @Provide
    Arbitrary<List<Weighted>> parts() {
        return Trits.parts();
    }

    private static VectorSpace space(List<byte[]> vectors) {
        return new VectorSpace(vectors.get(0).length);
    }

    private static void assertSame(byte[] expected, Hypervector actual) {
        assertArrayEquals(expected, actual.toTrits());
        Planes.assertInvariant(actual);
    }
}
