package io.trinity.hostile;

import io.trinity.hostile.Attack.Outcome;
import io.trinity.hostile.Attack.Stage;
import io.trinity.hostile.RunningHost.Said;
import java.io.IOException;
import java.nio.file.Files;
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

    /** One attack from dropping its file to the last trace of it. */
    Outcome carryOut(Attack attack) throws IOException {
        drop(attack);
        Outcome outcome = outcome(attack, System.nanoTime());
        remove(attack);
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

    private Outcome outcome(Attack attack, long begin) throws IOException {
        Map<String, Object> plugin = awaitLoaded(attack);
        if (plugin.get("error") instanceof Map<?, ?> error) {
            String code = String.valueOf(error.get("code"));
            String message = String.valueOf(error.get("message"));
            return new Outcome(code, stageOf(code, message), message, millisSince(begin));
        }
        Outcome first = call(attack);
        // The first call may have ended that guest: the next one has a fresh one, which ends alike.
        Outcome second = call(attack);
        if (!attack.expected().contains(second.code())) {
            return second;
        }
        return first;
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
