package io.trinity.hostile;

import io.trinity.hostile.Attack.Outcome;
import io.trinity.hostile.Attack.Stage;
import io.trinity.hostile.RunningHost.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Carries attacks out on a running host, through its plugin folder and its commands. */
final class Drill {
    /**
     * Whoever takes longer hangs: the largest compile for a minute on a machine that does much
     * else.
     */
    private static final long PATIENCE_SECONDS = 300;

    private final RunningHost host;
    private final int round;

    /**
     * @param round of attacks; plugins of each have names of their own
     */
    Drill(RunningHost host, int round) throws IOException {
        this.host = host;
        this.round = round;
        Files.writeString(host.home().resolve("payload/one"), "x");
    }

    /**
     * One attack from dropping its file to the last trace of it.
     *
     * @param gauge measures the host meanwhile
     * @param times it is called, or loaded where it does not come as far as that
     */
    Finding carryOut(Attack attack, Gauge gauge, int times) throws IOException {
        List<Cost> loads = new ArrayList<>();
        List<Cost> calls = new ArrayList<>();
        long before = gauge.heapBytes();
        Outcome outcome = load(attack, gauge, loads);
        if (outcome.code().equals(Attack.SERVES)) {
            outcome = calls(attack, gauge, times, calls);
        }
        // Its guest may just be made anew: both must be of one moment.
        long ledger = ledgerBytes(attack);
        long heap = gauge.heapBytes() - before;
        for (long now = ledgerBytes(attack); now != ledger; now = ledgerBytes(attack)) {
            ledger = now;
            heap = gauge.heapBytes() - before;
        }
        remove(attack);
        boolean initialised = outcome.stage() == Stage.INSTANTIATION;
        while (initialised && loads.size() < times) {
            Outcome again = load(attack, gauge, loads);
            outcome = attack.expected().contains(again.code()) ? outcome : again;
            remove(attack);
        }
        return new Finding(outcome, loads, calls, heap, ledger);
    }

    private long ledgerBytes(Attack attack) throws IOException {
        return find(attack).map(p -> ((Number) p.get("memoryBytes")).longValue()).orElse(0L);
    }

    private Outcome load(Attack attack, Gauge gauge, List<Cost> loads) throws IOException {
        long begin = System.nanoTime();
        Gauge.Measured<Map<String, Object>> loaded =
                gauge.load(
                        () -> {
                            drop(attack);
                            return awaitLoaded(attack);
                        });
        loads.add(loaded.cost());
        if (loaded.result().get("error") instanceof Map<?, ?> error) {
            String code = String.valueOf(error.get("code"));
            String message = String.valueOf(error.get("message"));
            return new Outcome(code, stageOf(code, message), message, millisSince(begin));
        }
        return new Outcome(Attack.SERVES, Stage.CALL, "", millisSince(begin));
    }

    /** The first call may have ended that guest: the next one has a fresh one, which ends alike. */
    private Outcome calls(Attack attack, Gauge gauge, int times, List<Cost> calls)
            throws IOException {
        // Its service may come a moment after it is active.
        Gauge.Measured<Outcome> first = gauge.call(() -> call(attack));
        calls.add(first.cost());
        Outcome outcome = first.result();
        while (calls.size() < times) {
            Gauge.Measured<Outcome> next = gauge.call(() -> call(attack));
            calls.add(next.cost());
            if (!attack.expected().contains(next.result().code())) {
                outcome = next.result();
            }
        }
        return outcome;
    }

    /** Many at once, to be done sooner. */
    void carryOut(List<Attack> attacks) throws IOException {
        for (Attack attack : attacks) {
            drop(attack);
        }
        for (Attack attack : attacks) {
            if (awaitLoaded(attack).get("error") == null) {
                call(attack);
            }
        }
        for (Attack attack : attacks) {
            host.remove(file(attack));
        }
        for (Attack attack : attacks) {
            awaitGone(attack);
        }
    }

    private String file(Attack attack) {
        return attack.plugin(round) + ".wasm";
    }

    private void drop(Attack attack) throws IOException {
        host.drop(file(attack), attack.plugin(attack.plugin(round)));
    }

    private void remove(Attack attack) throws IOException {
        host.remove(file(attack));
        awaitGone(attack);
    }

    private Outcome call(Attack attack) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            long begin = System.nanoTime();
            Said said =
                    host.exec(
                            "plugin:call " + attack.plugin(round) + " --payload-file payload/one");
            if (said.code() == 0) {
                return new Outcome(Attack.SERVES, Stage.CALL, said.out(), millisSince(begin));
            }
            String text = said.err().strip();
            int colon = text.indexOf(':');
            String code = colon < 0 ? text : text.substring(0, colon);
            // Its service may come a moment after it is active.
            if (!code.equals("NOT_ACTIVE") || System.nanoTime() - deadline > 0) {
                return new Outcome(code, Stage.CALL, text, millisSince(begin));
            }
            pause();
        }
    }

    /** Until it serves or was refused. */
    private Map<String, Object> awaitLoaded(Attack attack) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Optional<Map<String, Object>> plugin = find(attack);
            if (plugin.isPresent()
                    && (plugin.get().get("error") != null
                            || "active".equals(plugin.get().get("state")))) {
                return plugin.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(attack + " hangs while it is loaded: " + plugin);
            }
            pause();
        }
    }

    private void awaitGone(Attack attack) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (find(attack).isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(attack + " does not go: " + find(attack));
            }
            pause();
        }
    }

    /** By its name, or by its file's while no manifest of it was read. */
    private Optional<Map<String, Object>> find(Attack attack) throws IOException {
        return host.list().stream()
                .filter(
                        p ->
                                attack.plugin(round).equals(p.get("name"))
                                        || file(attack).equals(p.get("name")))
                .findFirst();
    }

    private static Stage stageOf(String code, String message) {
        if (code.startsWith("GUEST_") || code.matches("LIMIT_(CPU|TIME|STACK|HOST_CALLS|FUEL)")) {
            return Stage.INSTANTIATION;
        }
        if (code.equals("LIMIT_MEMORY")) {
            return message.contains("its memory begins with")
                    ? Stage.ADMISSION
                    : Stage.INSTANTIATION;
        }
        boolean compiler =
                code.equals("LIMIT_MODULE")
                        && message.matches("(?s).*(JVM code|JVM class|be compiled|compil).*");
        return compiler ? Stage.COMPILE : Stage.ADMISSION;
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
}
