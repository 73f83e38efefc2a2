package io.trinity.canonical.abi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.canonical.abi.wit.WitFunction;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/**
 * Whatever a guest does, it is a {@link GuestAbiException} or a value: {@link TestGuest} throws
 * others.
 */
class HostileGuestTest {
    private static final LiftBudget BUDGET = new LiftBudget(1 << 20);

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void randomMemoryLiftsToAValueOrAGuestAbiException(@ForAll("seeds") long seed) {
        liftRandomly(new Random(seed));
    }

    @Test
    void randomMemoryLeadsToBothValuesAndExceptions() {
        int lifted = 0;
        int refused = 0;
        for (int seed = 0; seed < 1000; seed++) {
            if (liftRandomly(new Random(seed))) {
                lifted++;
            } else {
                refused++;
            }
        }
        assertTrue(lifted > 50 && refused > 50, "lifted " + lifted + ", refused " + refused);
    }

    private static boolean liftRandomly(Random random) {
        WitFunction function = new RandomWit(random).function();
        ImportCodec imported = ImportCodec.of(function, BUDGET);
        TestGuest guest = new TestGuest(content(random));
        long[] core = new long[imported.signature().params().size()];
        for (int i = 0; i < core.length; i++) {
            core[i] = word(random);
        }
        try {
            imported.liftArguments(guest, core);
            ExportCodec.of(function, BUDGET).liftResult(guest, word(random));
            return true;
        } catch (GuestAbiException expected) {
            return false;
        }
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aLyingReallocAndReturnAreaLeadToAGuestAbiExceptionAtMost(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        RandomWit.Call call = new RandomWit(random).call();
        TestGuest guest = new TestGuest(content(random));
        Realloc lying = (oldPointer, oldSize, alignment, newSize) -> (int) word(random);
        ImportCodec imported = ImportCodec.of(call.function());
        long[] core = new long[imported.signature().params().size()];
        for (int i = 0; i < core.length; i++) {
            core[i] = word(random);
        }
        try {
            imported.lowerResult(guest, lying, core, call.result());
        } catch (GuestAbiException expected) {
            // One of the two outcomes.
        }
        try {
            ExportCodec.of(call.function())
                    .lowerArguments(guest, lying, call.arguments().toArray());
        } catch (GuestAbiException expected) {
            // One of the two outcomes.
        }
    }

    /**
     * Words that are often small multiples of eight, so that some of them pass for pointers and
     * lengths.
     */
    private static byte[] content(Random random) {
        TestGuest guest = new TestGuest(random.nextInt(512) & -8);
        for (int i = 0; i < guest.sizeBytes(); i += 4) {
            guest.putInt(i, (int) word(random));
        }
        return guest.sizeBytes() == 0 ? new byte[0] : guest.read(0, (int) guest.sizeBytes());
    }

    private static long word(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> -1L - random.nextInt(16);
            case 2 -> random.nextInt(512);
            case 3, 4 -> random.nextInt(64) * 8L;
            default -> random.nextInt(4);
        };
    }
}
