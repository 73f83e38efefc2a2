package io.trinity.hostile;

import io.trinity.hostile.Attack.Outcome;
import io.trinity.hostile.Attack.Stage;
import io.trinity.hostile.Cost.Spread;
import java.util.List;

/**
 * What became of an attack, and what it cost.
 *
 * @param loads cost of each, until it served or was refused
 * @param calls cost of each; none where it did not serve
 * @param heapBytes by which the heap had grown, after a collection
 * @param ledgerBytes of them, that the plugin's ledger says
 */
record Finding(
        Outcome outcome, List<Cost> loads, List<Cost> calls, long heapBytes, long ledgerBytes) {
    Finding {
        loads = List.copyOf(loads);
        calls = List.copyOf(calls);
    }

    long heapBeyond() {
        return heapBytes - ledgerBytes;
    }

    /** Milliseconds of CPU time that it may use where it was stopped; none where nothing runs. */
    double cpuLimit(Attack attack) {
        return switch (outcome.stage()) {
            case CALL -> attack.cpuMillis();
            case INSTANTIATION -> attack.initMillis();
            case ADMISSION, COMPILE -> 0;
        };
    }

    /** Milliseconds that it may take where it was stopped; none where nothing runs. */
    double wallLimit(Attack attack) {
        return outcome.stage() == Stage.CALL ? attack.wallMillis() : cpuLimit(attack);
    }

    /** Milliseconds beyond the limit, of what only harmless calls and loads do not cost. */
    Beyond beyond(Attack attack, Harmless harmless) {
        List<Cost> costs =
                switch (outcome.stage()) {
                    case CALL -> calls.stream().map(c -> c.without(harmless.call())).toList();
                    case INSTANTIATION ->
                            loads.stream().map(c -> c.without(harmless.load())).toList();
                    case ADMISSION, COMPILE -> List.of();
                };
        double cpuLimit = cpuLimit(attack);
        double wallLimit = wallLimit(attack);
        return new Beyond(
                Spread.of(costs, c -> Math.max(0, c.cpu() - cpuLimit)),
                Spread.of(costs, Cost::jit),
                Spread.of(costs, c -> Math.max(0, c.wall() - wallLimit)));
    }

    /** Milliseconds beyond the limits, and those of the JIT, which are within none. */
    record Beyond(Spread cpu, Spread jit, Spread wall) {}

    /** What a plugin costs that does nothing: medians. */
    record Harmless(Cost load, Cost call) {}
}
