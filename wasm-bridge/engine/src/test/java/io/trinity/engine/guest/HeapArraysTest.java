package io.trinity.engine.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapArraysTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        // bytes, region, spent
        "0, 0, 16",
        "1, 0, 24",
        "65536, 0, 65552",
        "16777216, 0, 16777232",
        "65536, 1048576, 65552",
        "524264, 1048576, 524280",
        "524272, 1048576, 1048576",
        "1048576, 1048576, 2097152",
        "16777216, 1048576, 17825792",
        "16777216, 33554432, 33554432",
    })
    void g1GivesAnArrayOfHalfARegionWholeOnes(long bytes, long region, long spent) {
        assertEquals(spent, HeapArrays.spent(bytes, region));
    }

    @Test
    void itAsksThisJvmForTheSizeOfItsRegions() {
        long region = HeapArrays.regionBytes("true", Long.toString(2 * MIB));
        assertEquals(2 * MIB, region);
        assertEquals(0, HeapArrays.regionBytes("false", Long.toString(2 * MIB)));
        assertTrue(HeapArrays.spent(MIB) > MIB);
    }
}
