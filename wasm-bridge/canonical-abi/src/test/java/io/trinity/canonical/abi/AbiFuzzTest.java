package io.trinity.canonical.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitSyntaxException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random functions over random memories, for as long as one likes: {@code
 * -Dtrinity.fuzz.seconds=600}, others with {@code -Dtrinity.fuzz.seed=…}. Seeds that failed once
 * are lines of {@code fuzz/failed-seeds.txt} and come first.
 */
@Timeout(7_200)
class AbiFuzzTest {
    private static final long SECONDS = Long.getLong("trinity.fuzz.seconds", 3);
    private static final long FIRST_SEED = Long.getLong("trinity.fuzz.seed", 1);
    private static final int BUDGET_BYTES = 1 << 16;

    /** What one lift or lower may take: the budget, many times over, for objects and messages. */
    private static final long BYTES_FOR_ONE = 64L * BUDGET_BYTES;

    @FunctionalInterface
    private interface Attempt {
        /** Whether it came to a value. */
        boolean from(Random random);
    }

    private static void all(Attempt attempt, int least) throws IOException {
        for (String seed :
                Files.readAllLines(Path.of("src/test/resources/fuzz/failed-seeds.txt"))) {
            if (!seed.startsWith("#")) {
                one(attempt, Long.parseLong(seed.strip()));
            }
        }
        long begin = System.nanoTime();
        int values = 0;
        int refusals = 0;
        for (long seed = FIRST_SEED;
                seed < FIRST_SEED + least || System.nanoTime() - begin < SECONDS * 1_000_000_000;
                seed++) {
            if (one(attempt, seed)) {
                values++;
            } else {
                refusals++;
            }
        }
        assertTrue(
                values > least / 50 && refusals > least / 50,
                "values %d, refusals %d".formatted(values, refusals));
    }

    private static boolean one(Attempt attempt, long seed) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try {
            long before = threads.getCurrentThreadAllocatedBytes();
            boolean value = attempt.from(new Random(seed * 0x9E37_79B9_7F4A_7C15L));
            long took = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(took < BYTES_FOR_ONE, () -> "allocated " + took + " bytes");
            return value;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ": " + e, e);
        }
    }

    @Test
    void whatIsLiftedFromRandomMemoryIsAValueOrRefused() throws IOException {
        all(AbiFuzzTest::lift, 2_000);
    }

    private static boolean lift(Random random) {
        WitFunction function = new RandomWit(random).function();
        TestGuest guest = new TestGuest(content(random));
        LiftBudget budget = new LiftBudget(1 + random.nextInt(BUDGET_BYTES));
        ImportCodec imported = ImportCodec.of(function, budget);
        ExportCodec exported = ExportCodec.of(function, budget);
        try {
            Object[] arguments = imported.liftArguments(guest, core(imported, random));
            Object result = exported.liftResult(guest, word(random));
            // What passed for a value is one: it can be handed on, and comes back as it is.
            TestGuest other = new TestGuest(16);
            long[] again = exported.lowerArguments(other, other, arguments);
            assertEquals(exported.signature().params().size(), again.length);
            assertTrue(function.result().isPresent() || result == null);
            return true;
        } catch (GuestAbiException refused) {
            return false;
        }
    }

    @Test
    void whatIsLoweredIntoALyingGuestIsThereOrRefused() throws IOException {
        all(AbiFuzzTest::lower, 2_000);
    }

    private static boolean lower(Random random) {
        RandomWit.Call call = new RandomWit(random).call();
        TestGuest guest = new TestGuest(content(random));
        Realloc honest = guest;
        // Honest most of the time, so that some get far.
        Realloc lying =
                (oldPointer, oldSize, alignment, newSize) ->
                        random.nextInt(6) == 0
                                ? (int) word(random)
                                : honest.realloc(oldPointer, oldSize, alignment, newSize);
        ImportCodec imported = ImportCodec.of(call.function());
        try {
            imported.lowerResult(guest, lying, core(imported, random), call.result());
            ExportCodec.of(call.function())
                    .lowerArguments(guest, lying, call.arguments().toArray());
            return true;
        } catch (GuestAbiException refused) {
            return false;
        }
    }

    @Test
    void spoiltWitIsReadOrRefused() throws IOException {
        String wit = TestFunctions.plugin();
        List<String> tokens = List.of(wit.split("(?<=\\W)|(?=\\W)"));
        all(random -> parse(wit, tokens, random), 300);
    }

    private static boolean parse(String wit, List<String> tokens, Random random) {
        StringBuilder text = new StringBuilder(wit);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(12));
            String piece =
                    random.nextInt(4) == 0
                            ? new String(new int[] {random.nextInt(0xD800)}, 0, 1)
                            : tokens.get(random.nextInt(tokens.size()));
            text.replace(at, end, piece);
        }
        try {
            WitPackage.parse(text.toString());
            return true;
        } catch (WitSyntaxException refused) {
            assertTrue(
                    String.valueOf(refused.getMessage()).getBytes(StandardCharsets.UTF_8).length
                            < 2_000);
            return false;
        }
    }

    private static long[] core(ImportCodec codec, Random random) {
        return random.longs(codec.signature().params().size())
                .map(unused -> word(random))
                .toArray();
    }

    /** Words that are often small multiples of eight, so that some pass for what they should be. */
    private static byte[] content(Random random) {
        TestGuest guest = new TestGuest(8 + (random.nextInt(2048) & -8));
        for (int i = 0; i < guest.sizeBytes(); i += 4) {
            guest.putInt(i, (int) word(random));
        }
        return guest.read(0, (int) guest.sizeBytes());
    }

    private static long word(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> -1L - random.nextInt(16);
            case 2 -> random.nextInt(2048);
            case 3, 4 -> random.nextInt(256) * 8L;
            default -> random.nextInt(4);
        };
    }
}
