package io.trinity.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Capability;
import io.trinity.hostile.Attack.Stage;
import io.trinity.hostile.HeapShares.Share;
import io.trinity.hostile.HeapShares.Shares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a plugin makes the host keep is in its ledger: after a collection, the heap holds no more of
 * any module than the ledger says, and the ledger says no more than the heap holds.
 */
@Tag("slow")
class LedgerTest {
    private static final int ROUND = 3;
    private static final Path TARGET = Path.of(System.getProperty("trinity.target"));
    private static final Path SAMPLES = Path.of(System.getProperty("trinity.root"), "plugins");

    private static final Map<String, Shares> SHARES = new TreeMap<>();
    private static HeapShares heap;

    /** Those that come so far that something may be kept of them. */
    static List<Attack> attacks() {
        Map<String, Attack> all = new TreeMap<>();
        HostileTest.attacks().forEach(a -> all.put(a.name(), a));
        HostileTest.chosen(Hoards.all()).forEach(a -> all.put(a.name(), a));
        return all.values().stream()
                .filter(a -> a.stage() == Stage.CALL || a.stage() == Stage.INSTANTIATION)
                .toList();
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES, 2)) {
            return files.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
        }
    }

    @BeforeAll
    static void aSandboxThatHasLoadedAll() throws IOException {
        Map<String, Map<String, Object>> configured = new TreeMap<>();
        for (Attack attack : attacks()) {
            Map<String, Object> values = new TreeMap<>(attack.limits());
            values.computeIfPresent("grants", (key, g) -> g + "@" + HeapShares.DIGEST);
            // How long a module works says nothing about what it keeps.
            values.put("cpuMillis", "50");
            if (attack.stage() == Stage.CALL) {
                values.put("initMillis", "10000");
            }
            configured.put(attack.plugin(ROUND), values);
        }
        List<String> all = Arrays.stream(Capability.values()).map(Capability::label).toList();
        for (Path sample : samples()) {
            configured.put(name(sample), granting(all));
        }
        heap = new HeapShares(configured);
        // What the first one needs, such as classes of the host, is not the first one's.
        for (Path sample : samples()) {
            heap.of(name(sample), Files.readAllBytes(sample));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatAnAttackKeepsIsCounted(Attack attack) {
        byte[] file = attack.plugin(attack.plugin(ROUND));
        Shares shares = heap.of(attack.plugin(ROUND), file);
        // Else nothing of it would have been measured.
        if (attack.stage() == Stage.CALL) {
            assertEquals("", shares.refused());
        }
        assertCounted(attack.name(), shares);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void whatASampleKeepsIsCounted(Path sample) throws IOException {
        Shares shares = heap.of(name(sample), Files.readAllBytes(sample));
        assertEquals("", shares.refused());
        assertCounted("sample " + name(sample), shares);
    }

    private static void assertCounted(String name, Shares shares) {
        SHARES.put(name, shares);
        Share worse = shares.worse();
        assertTrue(
                Math.abs(worse.beyond()) <= HeapShares.MOST_BYTES,
                () ->
                        "%s: the heap holds %,d bytes, the ledger says %,d"
                                .formatted(name, worse.heap(), worse.ledger()));
    }

    @AfterAll
    static void report() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# What modules keep, and what their ledgers say\n\n");
        text.append("In bytes, after a collection; one of ").append(HeapShares.GENERATIONS);
        text.append(" generations. Those furthest apart first.\n\n");
        text.append("| module | refused | heap when open | ledger | heap after a call | ledger |");
        text.append(" beyond |\n|---|---|---:|---:|---:|---:|---:|\n");
        SHARES.entrySet().stream()
                .sorted(
                        Comparator.comparingLong(
                                (Map.Entry<String, Shares> e) ->
                                        -Math.abs(e.getValue().worse().beyond())))
                .forEach(
                        e ->
                                text.append(
                                        "| %s | %s | %,d | %,d | %,d | %,d | %,d |%n"
                                                .formatted(
                                                        e.getKey(),
                                                        e.getValue().refused(),
                                                        e.getValue().opened().heap(),
                                                        e.getValue().opened().ledger(),
                                                        e.getValue().called().heap(),
                                                        e.getValue().called().ledger(),
                                                        e.getValue().worse().beyond())));
        Files.writeString(TARGET.resolve("ledger-report.md"), text);
    }

    /** Scopes too: without one, some grants open nothing. */
    private static Map<String, Object> granting(List<String> capabilities) {
        Map<String, Object> values = new TreeMap<>();
        String digest = "@" + HeapShares.DIGEST;
        values.put("grants", String.join(digest + ",", capabilities) + digest);
        values.put("scope.file_read", "shared");
        values.put("scope.file_write", "shared");
        values.put("scope.network", "localhost:1");
        return values;
    }

    private static String name(Path sample) {
        return sample.getFileName().toString().replace(".wasm", "");
    }
}
