package io.trinity.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.hostile.Attack.Outcome;
import io.trinity.hostile.Finding.Beyond;
import io.trinity.hostile.Finding.Harmless;
import io.trinity.hostile.RunningHost.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile modules, dropped into the plugin folder of the running distribution. Each is stopped with
 * its code, and after all of them the host is as it was.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileTest {
    private static final long HEAP_BYTES = 4 << 20;
    private static final int BATCH = 20;
    private static final Path TARGET = Path.of(System.getProperty("trinity.target"));

    private static final int DEFAULT_CALLS = 3;

    /** Calls of each; more give better medians: -Dhostile.calls=15. */
    private static final int CALLS = Integer.getInteger("hostile.calls", DEFAULT_CALLS);

    private static final List<Attack> ATTACKS = chosen();
    private static final Map<Attack, Finding> FINDINGS = new LinkedHashMap<>();

    /**
     * A call may use ten times its limit, this much beyond it. The aim is 10 ms, which the table is
     * for; the build has to pass on machines that are slow, that do much else, and whose collector
     * has just begun. What nothing bounds takes seconds.
     */
    private static final double MOST_TIMES = 9;

    /** Of time that passes, which other processes take too. */
    private static final double MOST_WALL_TIMES = 10;

    private static final double LEAST_WALL_MILLIS = 5_000;

    /** Between heap and ledger of one module; {@link LedgerTest} is exact. */
    private static final long MOST_HEAP_BYTES = 4 << 20;

    private static RunningHost host;
    private static AttachedJvm jvm;
    private static Gauge gauge;
    private static Harmless harmless;
    private static Footprint before;

    static List<Attack> attacks() {
        return ATTACKS;
    }

    private static List<Attack> chosen() {
        List<Attack> all = new ArrayList<>(WatAttacks.all());
        all.addAll(Giants.all());
        all.addAll(Crowds.all());
        all.addAll(Forgeries.all());
        if (CALLS > DEFAULT_CALLS) {
            // Time: each build compares them with the ledger only.
            all.addAll(Hoards.all());
        }
        return chosen(all);
    }

    /** Of these, those that {@code -Dhostile.only} names. */
    static List<Attack> chosen(List<Attack> all) {
        String only = System.getProperty("hostile.only", "");
        return all.stream().filter(a -> a.name().matches(only.isEmpty() ? ".*" : only)).toList();
    }

    @BeforeAll
    static void aHostThatHasSeenItAllOnce() throws IOException, InterruptedException {
        Path distribution = Path.of(System.getProperty("trinity.distribution"));
        // Assembling takes as long as starting.
        CompletableFuture<Long> assembled =
                CompletableFuture.supplyAsync(
                        () -> ATTACKS.parallelStream().mapToLong(a -> a.file().get().length).sum());
        host = RunningHost.start(distribution, TARGET, configuration());
        host.drop(
                "tokenizer.wasm",
                Files.readAllBytes(distribution.resolve("plugins/tokenizer/tokenizer.wasm")));
        assertTrue(assembled.join() > 0);
        Drill warmUp = new Drill(host, 1);
        for (int i = 0; i < ATTACKS.size(); i += BATCH) {
            warmUp.carryOut(ATTACKS.subList(i, Math.min(ATTACKS.size(), i + BATCH)));
        }
        awaitTokenizer();
        jvm = AttachedJvm.of(host.pid());
        gauge = new Gauge(host.pid(), jvm);
        gauge.learnIdle();
        harmless = harmless();
        before = Footprint.of(host.pid(), jvm);
        Files.writeString(TARGET.resolve("histogram-before.txt"), jvm.ask("GC.class_histogram"));
    }

    /** What a plugin costs that does nothing. */
    private static Harmless harmless() throws IOException {
        Attack calm =
                Attack.of(
                        "calm",
                        "Nothing.",
                        Attack.SERVES,
                        Attack.Stage.CALL,
                        () -> new ModuleBuilder().build());
        List<Cost> loads = new ArrayList<>();
        List<Cost> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Finding finding = new Drill(host, 2).carryOut(calm, gauge, 11);
            loads.addAll(finding.loads());
            calls.addAll(finding.calls());
        }
        return new Harmless(Cost.median(loads), Cost.median(calls));
    }

    /** The folder is looked at more often than people need it. */
    private static Map<String, String> configuration() throws IOException {
        Map<String, String> conf = new TreeMap<>();
        // Files are put into place whole, so they need not be watched until they are still. The
        // cache of compiled modules is small, so that it is full when the footprint is taken.
        conf.put("io.trinity.reload.cfg", "debounceMillis=0\npollMillis=10\ncacheBytes=1000000\n");
        // The process that compiles stays up, so that it is there both times.
        conf.put("io.trinity.engine.cfg", "idleMillis=3600000\n");
        // On a busy machine a call must not run out of wall time before its CPU time is used up;
        // and start functions that never end shall not take longer than needed.
        conf.put(
                "io.trinity.limits.cfg",
                "wallMillis=20000\ninitMillis=" + Attack.INIT_MILLIS + "\n");
        // A plugin's digest depends on its name; so that grants can stand in an attack's head.
        conf.put("io.trinity.policy.cfg", "bindToDigest=false\n");
        for (Attack attack : ATTACKS) {
            if (!attack.limits().isEmpty()) {
                for (int round = 1; round <= 2; round++) {
                    conf.put(
                            "io.trinity.plugin-" + attack.plugin(round) + ".cfg",
                            attack.configuration());
                }
            }
        }
        return conf;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @Order(1)
    void isStoppedWithItsCode(Attack attack) throws IOException {
        Finding finding = new Drill(host, 2).carryOut(attack, gauge, CALLS);
        FINDINGS.put(attack, finding);
        Outcome outcome = finding.outcome();
        assertTrue(host.isAlive(), "the host has ended");
        assertTrue(attack.expected().contains(outcome.code()), outcome::toString);
        assertEquals(attack.stage(), outcome.stage(), outcome::toString);
        assertPrintable(outcome.message());
        assertWithin(attack, finding);
    }

    /** Bounds that hold however busy the machine is; how far off it was is in the table. */
    private static void assertWithin(Attack attack, Finding finding) {
        Beyond beyond = finding.beyond(attack, harmless);
        double cpu = MOST_TIMES * finding.cpuLimit(attack);
        assertTrue(
                beyond.cpu().median() <= cpu,
                () -> "CPU time beyond its limit, ms: " + beyond.cpu() + ", at most " + cpu);
        double wall = Math.max(LEAST_WALL_MILLIS, MOST_WALL_TIMES * finding.wallLimit(attack));
        assertTrue(
                beyond.wall().median() <= wall,
                () -> "wall time beyond its limit, ms: " + beyond.wall() + ", at most " + wall);
        assertTrue(
                Math.abs(finding.heapBeyond()) <= MOST_HEAP_BYTES,
                () ->
                        "the heap grew by %,d bytes, the ledger says %,d"
                                .formatted(finding.heapBytes(), finding.ledgerBytes()));
    }

    /** What strangers wrote reaches people only with its control characters escaped. */
    private static void assertPrintable(String message) {
        assertTrue(
                message.chars()
                        .noneMatch(
                                c ->
                                        (Character.isISOControl(c) && c != '\n')
                                                || Character.getType(c) == Character.FORMAT),
                message);
        assertTrue(message.length() < 32_768, () -> message.length() + " characters");
    }

    @Test
    @Order(2)
    void theOthersServeOn() throws IOException {
        awaitTokenizer();
        assertEquals(1, host.list().size(), () -> "left over: " + FINDINGS);
    }

    @Test
    @Order(3)
    void nothingIsLeftOfThem() throws IOException {
        Footprint after = awaitSettled();
        Files.writeString(TARGET.resolve("histogram-after.txt"), jvm.ask("GC.class_histogram"));
        assertEquals(List.of(), Footprint.more(before.threads(), after.threads()), "threads");
        assertEquals(List.of(), Footprint.more(before.handles(), after.handles()), "open files");
        assertEquals(4, before.kept().size(), () -> "unknown classes: " + before.kept());
        assertEquals(List.of(), Footprint.more(before.kept(), after.kept()), "left of plugins");
        assertTrue(after.children() <= before.children(), () -> "processes: " + after.children());
        long grown = after.heapBytes() - before.heapBytes();
        if (grown >= HEAP_BYTES) {
            Path dump = TARGET.resolve("hostile.hprof");
            Files.deleteIfExists(dump);
            jvm.ask("GC.heap_dump " + dump);
        }
        assertTrue(
                grown < HEAP_BYTES,
                "the heap grew from %d to %d bytes; see histogram-before.txt, histogram-after.txt and hostile.hprof"
                        .formatted(before.heapBytes(), after.heapBytes()));
        long classes = after.metaspaceBytes() - before.metaspaceBytes();
        assertTrue(classes < HEAP_BYTES, "metaspace grew by " + classes + " bytes");
    }

    @AfterAll
    static void report() throws IOException, InterruptedException {
        try {
            Report report = new Report(FINDINGS, harmless);
            report.write(TARGET.resolve("hostile-report.md"));
            System.out.println(report.table());
            jvm.close();
        } finally {
            host.close();
        }
    }

    /** Threads that wait for more work, and files, may take a moment to go. */
    private static Footprint awaitSettled() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            Footprint now = Footprint.of(host.pid(), jvm);
            boolean settled =
                    Footprint.more(before.threads(), now.threads()).isEmpty()
                            && Footprint.more(before.handles(), now.handles()).isEmpty()
                            && Footprint.more(before.kept(), now.kept()).isEmpty()
                            && now.children() <= before.children()
                            && now.heapBytes() - before.heapBytes() < HEAP_BYTES;
            if (settled || System.nanoTime() - deadline > 0) {
                return now;
            }
        }
    }

    private static void awaitTokenizer() throws IOException {
        Files.writeString(host.home().resolve("payload/words"), "never mind the bollards");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            Said said = host.exec("plugin:call tokenizer --payload-file payload/words");
            if (said.code() == 0 && said.out().contains("bollards")) {
                return;
            }
            assertTrue(System.nanoTime() - deadline < 0, said::toString);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
