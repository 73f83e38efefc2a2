package io.trinity.vsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a space accepts, refuses and promises about its vectors. */
class VectorSpaceTest {

    private static final VectorSpace SPACE = new VectorSpace(100);
    private static final Hypervector OURS = SPACE.random(1);
    private static final Hypervector FOREIGN = new VectorSpace(101).random(1);

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_000_001, Integer.MAX_VALUE})
    void aDimensionOutOfRangeIsRefused(int dimension) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> new VectorSpace(dimension));

        assertEquals(
                "dimension " + dimension + " is out of range: 1 to 1000000", refusal.getMessage());
    }

    /** In 101 as in 100 elements there are two words: nothing but the check can tell. */
    @ParameterizedTest
    @MethodSource
    void everyOperationNamesBothDimensionsWhenTheyDiffer(Executable operation) {
        var refusal = assertThrows(IllegalArgumentException.class, operation);

        assertEquals(
                "vector has dimension 101, but this space has dimension 100", refusal.getMessage());
    }

    static Stream<Executable> everyOperationNamesBothDimensionsWhenTheyDiffer() {
        return Stream.of(
                () -> SPACE.of(new byte[101]),
                () -> SPACE.bind(OURS, FOREIGN),
                () -> SPACE.bind(FOREIGN, OURS),
                () -> SPACE.unbind(OURS, FOREIGN),
                () -> SPACE.unbind(FOREIGN, OURS),
                () -> SPACE.bundle(List.of(new Weighted(OURS, 1), new Weighted(FOREIGN, 0))),
                () -> SPACE.permute(FOREIGN, 1),
                () -> SPACE.similarity(OURS, FOREIGN),
                () -> SPACE.similarity(FOREIGN, OURS));
    }

    @ParameterizedTest
    @ValueSource(bytes = {-128, -2, 2, 3, 127})
    void anElementThatIsNoTritIsRefusedByItsIndex(byte value) {
        byte[] trits = new byte[100];
        trits[70] = value;

        var refusal = assertThrows(IllegalArgumentException.class, () -> SPACE.of(trits));

        assertEquals("element 70 is " + value + ": must be -1, 0 or +1", refusal.getMessage());
    }

    @Test
    void aVectorKeepsNoHoldOfTheArraysItCameFromOrGave() {
        byte[] trits = OURS.toTrits();
        Hypervector v = SPACE.of(trits);
        Arrays.fill(trits, (byte) 0);
        Arrays.fill(v.toTrits(), (byte) 0);

        assertEquals(OURS, v);
    }

    @Test
    void equalElementsAreEqualVectors() {
        Hypervector again = SPACE.of(OURS.toTrits());
        byte[] trits = OURS.toTrits();
        trits[99] = 0;
        Hypervector silent = SPACE.of(trits);
        trits[99] = (byte) -OURS.toTrits()[99];
        Hypervector opposite = SPACE.of(trits);

        assertEquals(OURS, again);
        assertEquals(OURS.hashCode(), again.hashCode());
        assertNotEquals(OURS, silent);
        assertNotEquals(OURS, opposite);
        assertNotEquals(silent, opposite);
        assertNotEquals(SPACE.zero(), new VectorSpace(101).zero());
    }

    @ParameterizedTest
    @CsvSource({"1, 104", "64, 104", "65, 120", "10000, 2600", "1000000, 250088"})
    void theBytesOfAVectorAreKnownBeforehand(int dimension, int bytes) {
        VectorSpace space = new VectorSpace(dimension);

        assertEquals(bytes, space.vectorBytes());
        assertEquals(bytes, space.random(3).bytes());
    }

    @Test
    void similarityNeverLeavesItsRangeForLargeSparseVectors() {
        VectorSpace large = new VectorSpace(VectorSpace.MAX_DIMENSION);
        byte[] trits = new byte[VectorSpace.MAX_DIMENSION];
        for (int count = 1; count < 2_000; count++) {
            trits[count * 499] = 1;
            if (count % 97 == 0) {
                Hypervector v = large.of(trits);
                assertEquals(1, large.similarity(v, v));
                assertTrue(large.similarity(v, large.random(1)) < 1);
            }
        }
        assertEquals(1, large.similarity(large.random(1), large.random(1)));
    }

    @Test
    void theTextOfAVectorCountsItsElements() {
        Hypervector v = new VectorSpace(6).of(new byte[] {-1, 0, 1, 1, 0, 1});

        assertEquals("Hypervector[6: 1 × -1, 2 × 0, 3 × +1]", v.toString());
    }
}
