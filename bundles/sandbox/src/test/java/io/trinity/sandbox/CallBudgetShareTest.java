package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallBudgetShareTest {
    private static final PluginRef CALLEE = PluginRef.named("geometry");
    private static final PluginRef OWNER = PluginRef.named("lidar");
    private static final long NONE = Long.MAX_VALUE;

    private static Limits limits(int cpuMillis, long fuel) {
        return new Limits(16 << 20, cpuMillis, 1000, fuel, 65_536, 4, 16, 8, 10, 1, 1000, 1);
    }

    private static Optional<BudgetOwner> budgetOwner(long cpuLeft, long fuelLeft) {
        return Optional.of(
                new BudgetOwner() {
                    @Override
                    public PluginRef plugin() {
                        return OWNER;
                    }

                    @Override
                    public long fuelLeft() {
                        return fuelLeft;
                    }

                    @Override
                    public long cpuNanosLeft() {
                        return cpuLeft;
                    }

                    @Override
                    public void charge(long fuel) {
                        throw new AssertionError("nobody has run yet");
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        // own ms, own fuel, owner's ns, owner's fuel: share of ns and fuel, whose
        "100, 0, 500000000, -1, 100000000, 0, false, false",
        "100, 0, 99999999, -1, 99999999, 0, true, false",
        "100, 7000, 500000000, -1, 100000000, 7000, false, false",
        "100, 7000, 500000000, 6999, 100000000, 6999, false, true",
        "100, 7000, 500000000, 7000, 100000000, 7000, false, false",
        "100, 0, 500000000, 9, 100000000, 9, false, true",
        "100, 0, 1, 1, 1, 1, true, true",
    })
    void aCalleeHasItsOwnLimitsAndNoMoreThanThePayerHasLeft(
            int ownMillis,
            long ownFuel,
            long cpuLeft,
            long fuelLeft,
            long cpuNanos,
            long fuel,
            boolean ownersCpu,
            boolean ownersFuel) {
        CallBudgetShare share =
                CallBudgetShare.of(
                        CALLEE,
                        limits(ownMillis, ownFuel),
                        budgetOwner(cpuLeft, fuelLeft < 0 ? NONE : fuelLeft));
        assertEquals(cpuNanos, share.cpuNanos());
        assertEquals(fuel, share.fuel());
        assertEquals(ownersCpu, share.ownersCpu());
        assertEquals(ownersFuel, share.ownersFuel());
    }

    @Test
    void whoeverHasNothingLeftCallsNobody() {
        PluginException cpu =
                assertThrows(
                        PluginException.class,
                        () -> CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(0, NONE)));
        assertEquals(ErrorCode.LIMIT_CPU, cpu.code());
        assertEquals(OWNER, cpu.plugin());
        PluginException fuel =
                assertThrows(
                        PluginException.class,
                        () -> CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(1000, 0)));
        assertEquals(ErrorCode.LIMIT_FUEL, fuel.code());
        assertTrue(
                fuel.getMessage()
                        .contains("raise fuel in conf/io.trinity.plugin-lidar.cfg, or call"),
                fuel.getMessage());
    }

    @Test
    void withLessThanTheOtherNeedsNobodyIsEnteredAndThePayerFails() {
        RecentNeed.Need need = new RecentNeed.Need(0, 10_000_000, 500);
        CallBudgetShare cpu =
                CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(9_999_999, NONE));
        PluginException e =
                assertThrows(
                        PluginException.class,
                        () -> cpu.requireEnough(need, limits(100, 0), CALLEE));
        assertEquals(ErrorCode.LIMIT_CPU, e.code());
        assertEquals(OWNER, e.plugin());
        CallBudgetShare fuel = CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(NONE, 499));
        assertEquals(
                ErrorCode.LIMIT_FUEL,
                assertThrows(
                                PluginException.class,
                                () -> fuel.requireEnough(need, limits(100, 0), CALLEE))
                        .code());
        CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(10_000_000, 500))
                .requireEnough(need, limits(100, 0), CALLEE);
    }

    @Test
    void whoRunsIntoThePayersLimitIsNotToBlame() {
        CallBudgetShare share =
                CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(5_000_000, 100));
        for (ErrorCode code : new ErrorCode[] {ErrorCode.LIMIT_CPU, ErrorCode.LIMIT_FUEL}) {
            PluginException e = share.blame(fault(code, CALLEE), CALLEE);
            assertEquals(code, e.code());
            assertEquals(OWNER, e.plugin());
            assertTrue(e.detail().contains("its call of plugin 'geometry' used up"), e.detail());
        }
    }

    @Test
    void everythingElseStaysWithWhoeverDidIt() {
        CallBudgetShare paid =
                CallBudgetShare.of(CALLEE, limits(100, 0), budgetOwner(5_000_000, 100));
        PluginException trap = fault(ErrorCode.GUEST_TRAP, CALLEE);
        assertSame(trap, paid.blame(trap, CALLEE));
        PluginException third = fault(ErrorCode.LIMIT_CPU, PluginRef.named("third"));
        assertSame(third, paid.blame(third, CALLEE));
        CallBudgetShare rich = CallBudgetShare.of(CALLEE, limits(100, 50), budgetOwner(NONE, 100));
        for (ErrorCode code : new ErrorCode[] {ErrorCode.LIMIT_CPU, ErrorCode.LIMIT_FUEL}) {
            PluginException own = fault(code, CALLEE);
            assertSame(own, rich.blame(own, CALLEE), "its own limit");
        }
        CallBudgetShare alone = CallBudgetShare.of(CALLEE, limits(100, 50), Optional.empty());
        PluginException own = fault(ErrorCode.LIMIT_CPU, CALLEE);
        assertSame(own, alone.blame(own, CALLEE));
    }

    private static PluginException fault(ErrorCode code, PluginRef who) {
        return PluginException.of(code, who, "it did too much", "");
    }
}
