package io.trinity.vsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bundle keeps of its parts, and what it does where they cancel out. */
class BundleTest {

    private static final long TIE_SEED = 0x5452494E495459L;
    private static final double SIGMA = 1 / Math.sqrt(10_000);

    private final VectorSpace space = new VectorSpace(10_000);

    /** Expected: binomial(n - 1, (n - 1) / 2) / 2^(n - 1) for an odd n. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 0.5", "5, 0.375", "15, 0.20947265625", "101, 0.0795892373871788"})
    void aBundleResemblesEachOfItsPartsAndNothingElse(int parts, double expected) {
        List<Weighted> bundled = unitWeights(LongStream.range(0, parts));

        Hypervector bundle = space.bundle(bundled);

        for (Weighted part : bundled) {
            assertEquals(expected, space.similarity(bundle, part.vector()), 5 * SIGMA);
        }
        assertEquals(0, space.similarity(bundle, space.random(999_999)), 5 * SIGMA);
    }

    @Test
    void aRecordAnswersWithWhatWasStoredUnderAKey() {
        List<Hypervector> v = LongStream.range(0, 6).mapToObj(space::random).toList();
        Hypervector record =
                space.bundle(
                        List.of(
                                new Weighted(space.bind(v.get(0), v.get(1)), 1),
                                new Weighted(space.bind(v.get(2), v.get(3)), 1),
                                new Weighted(space.bind(v.get(4), v.get(5)), 1)));

        Hypervector answer = space.unbind(record, v.get(2));

        assertEquals(0.5, space.similarity(answer, v.get(3)), 5 * SIGMA);
        assertEquals(0, space.similarity(answer, v.get(5)), 5 * SIGMA);
    }

    @Test
    void aHeavierPartIsResembledMore() {
        Hypervector a = space.random(1);
        Hypervector b = space.random(2);
        Hypervector c = space.random(3);

        Hypervector bundle =
                space.bundle(List.of(new Weighted(a, 3), new Weighted(b, 2), new Weighted(c, 2)));
        Hypervector overruled =
                space.bundle(List.of(new Weighted(a, 5), new Weighted(b, 2), new Weighted(c, -2)));

        assertEquals(0.5, space.similarity(bundle, a), 5 * SIGMA);
        assertEquals(a, overruled);
    }

    @Test
    void theEmptyListGivesZeroAndSoDoPartsWithoutWeight() {
        Hypervector v = space.random(1);

        assertEquals(space.zero(), space.bundle(List.of()));
        assertEquals(space.zero(), space.bundle(List.of(new Weighted(v, 0))));
        assertEquals(space.zero(), space.bundle(List.of(new Weighted(space.zero(), 5))));
    }

    @Test
    void tiesGoToTheFixedPatternAndSilenceStaysSilent() {
        VectorSpace four = new VectorSpace(4);
        Hypervector a = four.of(new byte[] {1, -1, 1, 0});
        Hypervector b = four.of(new byte[] {-1, 1, 1, 0});
        byte[] ties = four.random(TIE_SEED).toTrits();

        Hypervector bundle = four.bundle(List.of(new Weighted(a, 1), new Weighted(b, 1)));

        assertArrayEquals(new byte[] {ties[0], ties[1], 1, 0}, bundle.toTrits());
    }

    @Test
    void tiesAreAsOftenMinusAsPlus() {
        Hypervector a = space.random(1);
        byte[] ones = new byte[10_000];
        Arrays.fill(ones, (byte) 1);

        Hypervector allTied = space.bundle(List.of(new Weighted(a, 1), new Weighted(a, -1)));

        assertEquals(space.random(TIE_SEED), allTied);
        assertEquals(0, space.similarity(allTied, space.of(ones)), 5 * SIGMA);
    }

    @Test
    void bundlesOfPairsShareTheirTies() {
        Hypervector one = space.bundle(unitWeights(LongStream.of(1, 2)));
        Hypervector other = space.bundle(unitWeights(LongStream.of(3, 4)));

        assertEquals(0.25, space.similarity(one, other), 5 * SIGMA);
    }

    @Test
    void theOrderOfThePartsDoesNotMatter() {
        List<Weighted> parts = new ArrayList<>(unitWeights(LongStream.range(0, 8)));
        parts.add(new Weighted(space.random(8), -3));
        Hypervector bundle = space.bundle(parts);
        Collections.reverse(parts);

        assertEquals(bundle, space.bundle(parts));
    }

    @Test
    void sumsBeyondAnIntAreExact() {
        Hypervector a = space.random(1);
        List<Weighted> parts =
                new ArrayList<>(Collections.nCopies(4_096, new Weighted(a, Integer.MIN_VALUE)));
        parts.addAll(Collections.nCopies(4_096, new Weighted(a, Integer.MAX_VALUE)));

        // The sum is now -4,096 at each +1 of a.
        Hypervector opposite = space.bundle(parts);
        parts.add(new Weighted(a, 4_096));
        Hypervector tied = space.bundle(parts);
        parts.add(new Weighted(a, 1));
        Hypervector same = space.bundle(parts);

        assertEquals(space.bundle(List.of(new Weighted(a, -1))), opposite);
        assertNotEquals(a, opposite);
        assertEquals(space.random(TIE_SEED), tied);
        assertEquals(a, same);
    }

    @Test
    void aThousandPartsOfAMillionElementsAreCountedRight() {
        VectorSpace large = new VectorSpace(VectorSpace.MAX_DIMENSION);
        Hypervector a = large.random(1);
        List<Weighted> parts = new ArrayList<>(Collections.nCopies(501, new Weighted(a, 1)));
        parts.addAll(Collections.nCopies(500, new Weighted(large.random(2), 1)));

        Hypervector bundle = large.bundle(parts);

        assertEquals(a, bundle);
        Planes.assertInvariant(bundle);
        assertTrue(bundle.bytes() >= 250_000);
    }

    private List<Weighted> unitWeights(LongStream seeds) {
        return seeds.mapToObj(seed -> new Weighted(space.random(seed), 1)).toList();
    }
}
