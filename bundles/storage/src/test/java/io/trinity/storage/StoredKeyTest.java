package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoredKeyTest {
    @Provide
    Arbitrary<String> keys() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 0x10FFFF);
        Arbitrary<Integer> edges =
                Arbitraries.of(0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000);
        return Arbitraries.oneOf(any, edges)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(
                        points -> {
                            StringBuilder key = new StringBuilder();
                            points.forEach(key::appendCodePoint);
                            return key.toString();
                        });
    }

    @Property
    void aStoredKeyIsTheKeyAgain(@ForAll("keys") String key) {
        assertEquals(key, StoredKey.key(StoredKey.of(key)));
    }

    @Property
    void storedKeysHaveTheOrderOfTheKeysBytes(@ForAll("keys") String a, @ForAll("keys") String b) {
        assertEquals(
                Integer.signum(
                        Arrays.compareUnsigned(
                                a.getBytes(StandardCharsets.UTF_8),
                                b.getBytes(StandardCharsets.UTF_8))),
                Integer.signum(StoredKey.of(a).compareTo(StoredKey.of(b))));
    }
}
