package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.reload.ReloadPlan.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReloadPlanTest {
    private static final long NEXT = 100;

    private final ReloadPlan plan =
            new ReloadPlan(new Commit("lidar", "lidar.wasm", NEXT, "ab".repeat(32)));

    /** What is there while steps are taken. */
    private static final class Model {
        long serving;
        long committed;
        final List<Long> open = new ArrayList<>();

        Model(long old) {
            serving = old;
            committed = old;
            if (old != 0) {
                open.add(old);
            }
        }

        /** As the registry has it: one that is opened where none serves, serves. */
        void verified() {
            open.add(NEXT);
            if (serving == 0) {
                serving = NEXT;
            }
        }

        void take(Step step, long leaving) {
            switch (step) {
                case COMMIT -> committed = NEXT;
                case SWAP -> serving = NEXT;
                case DRAIN -> open.remove(leaving);
            }
        }
    }

    /**
     * @param stopped whether somebody stops the old one before the new one is verified
     */
    @Property
    void wheneverItEndsOneServesAndARestartStartsOneThatWasVerified(
            @ForAll @IntRange(max = 99) int old,
            @ForAll boolean stopped,
            @ForAll @IntRange(max = 3) int taken) {
        Model model = new Model(old);
        if (stopped) {
            model.serving = 0;
            model.open.clear();
        }
        model.verified();
        List<Step> steps = plan.afterVerified(model.serving);
        long leaving = model.serving;
        for (Step step : steps.subList(0, Math.min(taken, steps.size()))) {
            model.take(step, leaving);
            assertTrue(model.open.contains(model.serving), "what serves is open");
        }
        assertTrue(model.committed == old || model.committed == NEXT);
        assertTrue(model.serving == NEXT || taken < steps.size());
        if (model.serving == NEXT && old != 0 && !stopped) {
            assertEquals(NEXT, model.committed, "nothing takes over before it is committed");
        }
        if (taken >= steps.size()) {
            assertEquals(NEXT, model.committed);
            assertEquals(List.of(NEXT), model.open);
        }
    }

    @Property
    void aBundleStaysToShowItsCauseOnlyWhereNothingServesAndTheStoreIsWell(
            @ForAll @IntRange(max = 99) int serving, @ForAll ErrorCode failed) {
        assertEquals(
                serving == 0 && !EnumSet.of(ErrorCode.STORE_FAILED).contains(failed),
                plan.leavesBundle(serving, failed));
    }
}
