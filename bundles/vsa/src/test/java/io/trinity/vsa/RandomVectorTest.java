package io.trinity.vsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed gives the same vector everywhere, and different seeds give unrelated ones. */
class RandomVectorTest {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double SIGMA = 1 / Math.sqrt(10_000);

    private final VectorSpace space = new VectorSpace(10_000);

    /** Computed by an independent program from the Javadoc of {@link VectorSpace#random}. */
    @ParameterizedTest
    @CsvSource({
        "0,                A706DD2F4D197E6F, B382A305F4414F5E, 6142, 5111",
        "1,                5E41AB087439611E, F18D6CE93D6CF1EE, 8C30, 5011",
        "2A,               57E1FABA65107204, F4ABD143FEB24055, 2B09, 4979",
        "FFFFFFFFFFFFFFFF, 5DC20AA7B2A27137, BDA5668A01D7049C, B88B, 4979",
        "5452494E495459,   2CBB3060F52D3FCF, AAB2D7B0174B25E0, 5195, 5102",
    })
    void aSeedGivesTheSameElementsEverywhere(
            String seed, String first, String second, String last, int minusOnes) {
        byte[] trits = space.random(Long.parseUnsignedLong(seed, 16)).toTrits();

        assertEquals(Long.parseUnsignedLong(first, 16), minusOnes(trits, 0));
        assertEquals(Long.parseUnsignedLong(second, 16), minusOnes(trits, 64));
        assertEquals(Long.parseUnsignedLong(last, 16), minusOnes(trits, 9_984));
        int count = 0;
        for (byte trit : trits) {
            count += trit == -1 ? 1 : 0;
        }
        assertEquals(minusOnes, count);
    }

    @Test
    void theFirstElementsOfSeed0AreInTheBitsFromTheLowestUp() {
        byte[] first = Arrays.copyOf(space.random(0).toTrits(), 12);

        assertArrayEquals(new byte[] {-1, -1, -1, -1, 1, -1, -1, 1, 1, -1, -1, -1}, first);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 1234567, Long.MIN_VALUE})
    void theStreamIsTheOneOfTheJdk(long seed) {
        SplitMix64 ours = new SplitMix64(seed);
        SplittableRandom theirs = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(theirs.nextLong(), ours.next());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 10_000, 1_000_000})
    void allElementsAreBipolar(int dimension) {
        Hypervector v = new VectorSpace(dimension).random(7);

        Planes.assertInvariant(v);
        for (byte trit : v.toTrits()) {
            assertTrue(trit == -1 || trit == 1);
        }
    }

    @Test
    void vectorsOfNeighbouringSeedsAreQuasiOrthogonal() {
        assertQuasiOrthogonal(LongStream.range(0, 60).toArray());
    }

    @Test
    void vectorsOfSeedsAGoldenGammaApartAreNoShiftedCopies() {
        for (int words = 1; words < 20; words++) {
            Hypervector a = space.random(5);
            Hypervector b = space.random(5 + words * GOLDEN_GAMMA);
            double similarity = space.similarity(a, space.permute(b, 64 * words));
            assertTrue(Math.abs(similarity) < 5 * SIGMA, "similarity " + similarity);
        }
    }

    @Test
    void minusAndPlusAreEquallyFrequent() {
        byte[] ones = new byte[10_000];
        Arrays.fill(ones, (byte) 1);
        for (long seed = 0; seed < 60; seed++) {
            double balance = space.similarity(space.random(seed), space.of(ones));
            assertTrue(Math.abs(balance) < 5 * SIGMA, "balance " + balance);
        }
    }

    private void assertQuasiOrthogonal(long... seeds) {
        for (int i = 0; i < seeds.length; i++) {
            for (int j = 0; j < i; j++) {
                double similarity =
                        space.similarity(space.random(seeds[i]), space.random(seeds[j]));
                assertTrue(Math.abs(similarity) < 5 * SIGMA, "similarity " + similarity);
            }
        }
    }

    /** Up to 64 elements from {@code from}, as bits that are set where they are -1. */
    private static long minusOnes(byte[] trits, int from) {
        long bits = 0;
        for (int i = 0; i < 64 && from + i < trits.length; i++) {
            bits |= trits[from + i] == -1 ? 1L << i : 0;
        }
        return bits;
    }
}
