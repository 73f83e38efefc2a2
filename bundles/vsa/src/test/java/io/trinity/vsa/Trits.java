package io.trinity.vsa;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What the properties draw from: dimensions on and off the borders of words, weights that overflow
 * an int.
 */
final class Trits {

    private Trits() {}

    static Arbitrary<Integer> dimensions() {
        return Arbitraries.oneOf(
                Arbitraries.of(1, 2, 63, 64, 65, 127, 128, 129, 192),
                Arbitraries.integers().between(1, 300));
    }

    static Arbitrary<byte[]> trits(int dimension) {
        return Arbitraries.bytes()
                .between((byte) -1, (byte) 1)
                .array(byte[].class)
                .ofSize(dimension);
    }

    private static Arbitrary<Hypervector> vectors(int dimension) {
        return trits(dimension).map(new VectorSpace(dimension)::of);
    }

    /** Two to four of one dimension. */
    static Arbitrary<List<byte[]>> several() {
        return dimensions().flatMap(d -> trits(d).list().ofMinSize(2).ofMaxSize(4));
    }

    /**
     * One to twenty of one dimension, of unit weights, of small weights that often tie or of any.
     */
    static Arbitrary<List<Weighted>> parts() {
        Arbitrary<Integer> unit = Arbitraries.of(-1, 1);
        Arbitrary<Integer> small = Arbitraries.of(-2, -1, 0, 1, 1, 1, 2);
        Arbitrary<Integer> any =
                Arbitraries.oneOf(
                        Arbitraries.integers(),
                        Arbitraries.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -Integer.MAX_VALUE));
        return Combinators.combine(dimensions(), Arbitraries.of(List.of(unit, small, any)))
                .flatAs(
                        (dimension, weights) ->
                                Combinators.combine(vectors(dimension), weights)
                                        .as(Weighted::new)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(20));
    }
}
