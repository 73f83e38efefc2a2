package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.storage.StorageBackend;
import io.trinity.api.storage.StorageBackend.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link StorageBackend} must do. */
public abstract class StorageBackendContract {
    /** Order of keys: that of their UTF-8 bytes. */
    protected static final Comparator<String> BYTE_ORDER =
            Comparator.comparing(
                    (String key) -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** The one that the test is about: empty at its start, and always the same until its end. */
    protected abstract StorageBackend backend();

    /** Its name. */
    protected abstract String expectedName();

    @Test
    void itHasItsName() {
        assertEquals(expectedName(), backend().name());
    }

    @Test
    void aKeyThatIsNotThereHasNoValue() {
        assertEquals(Optional.empty(), Expect.value(backend().get("a")));
    }

    @Test
    void aStoredValueComesBackAndALaterOneReplacesIt() {
        put("a", 1, 2);
        put("b");
        assertArrayEquals(new byte[] {1, 2}, get("a"));
        assertArrayEquals(new byte[0], get("b"));
        put("a", 3);
        assertArrayEquals(new byte[] {3}, get("a"));
    }

    @Test
    void anErasedKeyIsGoneAndErasingWhatIsNotThereSucceeds() {
        put("a", 1);
        Expect.value(backend().erase("a"));
        assertEquals(Optional.empty(), Expect.value(backend().get("a")));
        assertEquals(List.of(), keys("", 1000));
        Expect.value(backend().erase("a"));
    }

    @Test
    void arraysOfTheCallerAreNotThoseThatAreStored() {
        byte[] given = {1};
        Expect.value(backend().put("a", given));
        given[0] = 9;
        assertArrayEquals(new byte[] {1}, get("a"));
        get("a")[0] = 9;
        assertArrayEquals(new byte[] {1}, get("a"));
    }

    @Test
    void theLongestKeyAndTheLargestValueAreStored() {
        String longest = "ä".repeat(StorageBackend.MAX_KEY_BYTES / 2);
        byte[] largest = new byte[StorageBackend.MAX_VALUE_BYTES];
        new Random(1).nextBytes(largest);
        Expect.value(backend().put(longest, largest));
        assertArrayEquals(largest, get(longest));
        assertEquals(List.of(longest), keys(longest, 1));
    }

    @Test
    void aKeyOrValuePastItsBoundIsTheCallersFaultAndStoresNothing() {
        List<String> wrong =
                List.of(
                        "",
                        "k".repeat(StorageBackend.MAX_KEY_BYTES + 1),
                        "ä".repeat(StorageBackend.MAX_KEY_BYTES / 2) + "k",
                        "half a pair \ud83d");
        for (String key : wrong) {
            assertThrows(IllegalArgumentException.class, () -> backend().put(key, new byte[1]));
            assertThrows(IllegalArgumentException.class, () -> backend().get(key));
            assertThrows(IllegalArgumentException.class, () -> backend().erase(key));
        }
        byte[] tooLarge = new byte[StorageBackend.MAX_VALUE_BYTES + 1];
        assertThrows(IllegalArgumentException.class, () -> backend().put("a", tooLarge));
        assertEquals(List.of(), keys("", 1000));
    }

    @Test
    void aQuestionForKeysPastItsBoundsIsTheCallersFault() {
        StorageBackend b = backend();
        assertThrows(IllegalArgumentException.class, () -> b.keys("", "", 0));
        assertThrows(IllegalArgumentException.class, () -> b.keys("", "", -1));
        assertThrows(IllegalArgumentException.class, () -> b.keys("", "", 1001));
        assertThrows(IllegalArgumentException.class, () -> b.keys("\udc00", "", 1));
        assertThrows(IllegalArgumentException.class, () -> b.keys("", "\udc00", 1));
        String tooLong = "k".repeat(StorageBackend.MAX_KEY_BYTES + 1);
        assertThrows(IllegalArgumentException.class, () -> b.keys(tooLong, "", 1));
        assertEquals(new Page(List.of(), ""), Expect.value(b.keys("", "", 1000)));
    }

    @Test
    void keysComeInTheOrderOfTheirBytesAndNotOfJavasChars() {
        // As chars, the pair of U+1F600 (D83D DE00) sorts below U+FFFD; as bytes above it.
        List<String> ordered =
                List.of("\u0000", "A", "a", "a\u0000", "z", "ä", "€", "\uFFFD", "😀");
        List<String> mixed = new ArrayList<>(ordered);
        Collections.shuffle(mixed, new Random(3));
        mixed.forEach(key -> put(key, 1));
        assertEquals(ordered, keys("", 1000));
        assertEquals(ordered, keys("", 2));
    }

    @Test
    void onlyKeysWithThePrefixCome() {
        for (String key : List.of("a", "a/", "a/1", "a/2", "a0", "b/1", "ä/1")) {
            put(key, 1);
        }
        assertEquals(List.of("a/", "a/1", "a/2"), keys("a/", 1000));
        assertEquals(List.of("a/", "a/1", "a/2"), keys("a/", 1));
        assertEquals(List.of("ä/1"), keys("ä", 1000));
        assertEquals(List.of(), keys("c", 1000));
    }

    @Test
    void pagesTogetherHaveEachKeyOnceAndNoMoreThanAskedFor() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String key = "k" + (100 + i);
            all.add(key);
            put(key, i);
        }
        for (int limit : new int[] {1, 7, 24, 25, 26}) {
            assertEquals(all, keys("", limit), "limit " + limit);
        }
    }

    @Test
    void aPageGoesOnWhereKeysWereErasedMeanwhile() {
        for (String key : List.of("a", "b", "c", "d")) {
            put(key, 1);
        }
        Page first = Expect.value(backend().keys("", "", 2));
        assertEquals(List.of("a", "b"), first.keys());
        Expect.value(backend().erase("b"));
        Expect.value(backend().erase("c"));
        assertEquals(List.of("d"), Expect.value(backend().keys("", first.next(), 2)).keys());
    }

    @Test
    void itBehavesLikeASortedMap() {
        Map<String, byte[]> model = new TreeMap<>(BYTE_ORDER);
        Random random = new Random(20_240_607);
        String[] parts = {"a", "b", "/", "ä", "\uFFFD", "😀"};
        for (int step = 0; step < 400; step++) {
            StringBuilder key = new StringBuilder();
            for (int i = random.nextInt(3); i >= 0; i--) {
                key.append(parts[random.nextInt(parts.length)]);
            }
            String k = key.toString();
            switch (random.nextInt(4)) {
                case 0 -> {
                    Expect.value(backend().erase(k));
                    model.remove(k);
                }
                case 1 -> {
                    byte[] there = model.get(k);
                    Optional<byte[]> found = Expect.value(backend().get(k));
                    assertEquals(there != null, found.isPresent());
                    assertArrayEquals(there, found.orElse(null));
                }
                default -> {
                    byte[] value = new byte[random.nextInt(50)];
                    random.nextBytes(value);
                    Expect.value(backend().put(k, value));
                    model.put(k, value);
                }
            }
        }
        assertEquals(List.copyOf(model.keySet()), keys("", 5));
        model.forEach((k, v) -> assertArrayEquals(v, get(k)));
    }

    @Test
    void itServesManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                writers.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 20; i++) {
                                        String key = "t" + thread + "-" + i;
                                        put(key, thread, i);
                                        assertArrayEquals(
                                                new byte[] {(byte) thread, (byte) i}, get(key));
                                    }
                                }));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(160, keys("", 1000).size());
    }

    @Test
    void flushSucceeds() {
        put("a", 1);
        Expect.value(backend().flush());
    }

    private void put(String key, int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        @Nullable Void nothing = Expect.value(backend().put(key, value));
        assertEquals(null, nothing);
    }

    private byte[] get(String key) {
        return Expect.value(backend().get(key)).orElseThrow();
    }

    /** All keys, by pages of this size. */
    private List<String> keys(String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            Page page = Expect.value(backend().keys(prefix, cursor, limit));
            assertTrue(page.keys().size() <= limit);
            keys.addAll(page.keys());
            assertTrue(keys.size() <= 1000, "pages without end");
            cursor = page.next();
        } while (!cursor.isEmpty());
        return keys;
    }
}
