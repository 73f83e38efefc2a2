package io.trinity.vsa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws that make it possible to compute with hypervectors. */
class AlgebraTest {

    @Property(tries = 200)
    void bindingTwiceWithABipolarKeyGivesBackWhatWasBound(
            @ForAll("several") List<byte[]> several, @ForAll long seed) {
        VectorSpace space = space(several);
        Hypervector v = space.of(several.get(0));
        Hypervector key = space.random(seed);

        assertEquals(v, space.unbind(space.bind(v, key), key));
        assertEquals(v, space.bind(space.bind(key, v), key));
    }

    @Property(tries = 200)
    void bindIsCommutativeAndAssociative(@ForAll("three") List<byte[]> three) {
        VectorSpace space = space(three);
        Hypervector a = space.of(three.get(0));
        Hypervector b = space.of(three.get(1));
        Hypervector c = space.of(three.get(2));

        assertEquals(space.bind(a, b), space.bind(b, a));
        assertEquals(space.bind(space.bind(a, b), c), space.bind(a, space.bind(b, c)));
    }

    @Property(tries = 200)
    void theOppositeShiftUndoesAPermutation(
            @ForAll("several") List<byte[]> several, @ForAll int shift) {
        VectorSpace space = space(several);
        Hypervector v = space.of(several.get(0));
        // The opposite of the smallest int is no int; a rotation by half of it twice is the same.
        int half = shift / 2;
        Hypervector there = space.permute(space.permute(v, half), shift - half);

        assertEquals(space.permute(v, shift), there);
        assertEquals(v, space.permute(space.permute(there, -half), half - shift));
    }

    @Property(tries = 200)
    void permuteDistributesOverBind(@ForAll("several") List<byte[]> several, @ForAll int shift) {
        VectorSpace space = space(several);
        Hypervector a = space.of(several.get(0));
        Hypervector b = space.of(several.get(1));

        assertEquals(
                space.permute(space.bind(a, b), shift),
                space.bind(space.permute(a, shift), space.permute(b, shift)));
    }

    @Property(tries = 200)
    void similarityIsSymmetricAndExactlyOneForTheSame(@ForAll("several") List<byte[]> several) {
        VectorSpace space = space(several);
        Hypervector a = space.of(several.get(0));
        Hypervector b = space.of(several.get(1));
        Hypervector opposite = space.bundle(List.of(new Weighted(a, -1)));
        double self = a.equals(space.zero()) ? 0.0 : 1.0;

        assertEquals(self, space.similarity(a, a));
        assertEquals(0.0 - self, space.similarity(a, opposite));
        assertEquals(space.similarity(a, b), space.similarity(b, a));
        assertEquals(0, space.similarity(a, space.zero()));
    }

    @Property(tries = 200)
    void aSinglePartIsItsOwnBundle(@ForAll("several") List<byte[]> several) {
        VectorSpace space = space(several);
        Hypervector v = space.of(several.get(0));

        assertEquals(v, space.bundle(List.of(new Weighted(v, 1))));
        assertEquals(v, space.bundle(List.of(new Weighted(v, Integer.MAX_VALUE))));
    }

    @Provide
    Arbitrary<List<byte[]>> several() {
        return Trits.several();
    }

    @Provide
    Arbitrary<List<byte[]>> three() {
        return Trits.several().filter(list -> list.size() >= 3);
    }

    private static VectorSpace space(List<byte[]> vectors) {
        return new VectorSpace(vectors.get(0).length);
    }
}
