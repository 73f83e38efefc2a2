package io.trinity.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginException;
import io.trinity.engine.TestEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicVerifier;

/**
 * What the verifier promises, against runs: no class that it accepts, however it was spoilt, runs
 * more instructions than it pays for.
 */
@Timeout(300)
class PaidForTest {
    private static final long SEED = 4;

    /** Of each function; there are some thousands. */
    private static final int TRIED = Integer.getInteger("trinity.fuzz.mutants", 800);

    private static final long FUEL = 60_000;

    /** A run that is stopped may owe a strip of rounds. */
    private static final long OWED = Strip.MOST_OWED;

    private static final CallBudget BUDGET =
            new CallBudget(20_000_000_000L, 60_000_000_000L, Long.MAX_VALUE, FUEL, 1 << 16);

    private static final int[] ARGUMENTS = {1, 2, 3, 50, 300, -6};

    private static final MemoryQuota QUOTA = MemoryQuota.UNCOUNTED;

    private static List<String> functions() {
        return Mined.FUNCTIONS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void theSoundFunctionPaysForWhatItRuns(String function) {
        assertEquals("", lie(function, Mined.spoilt(function, m -> {})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void noSpoiltFunctionThatIsAcceptedRunsMoreThanItPaysFor(String function) {
        MethodNode sound = Mined.method(Mined.group(), function);
        List<Mutants.Mutant> mutants = new ArrayList<>(Mutants.of(sound));
        mutants.addAll(Mutants.newJumps(sound));
        Collections.shuffle(mutants, new Random(SEED));
        mutants.subList(Math.min(TRIED, mutants.size()), mutants.size()).clear();
        int made = 0;
        int refused = 0;
        List<String> lies = new ArrayList<>();
        for (Mutants.Mutant mutant : mutants) {
            ClassNode group = Mined.group();
            MethodNode method = Mined.method(group, function);
            mutant.spoil().accept(method);
            if (!isCode(group.name, method)) {
                continue;
            }
            made++;
            SortedMap<String, byte[]> classes = Mined.with(group);
            if (!isAccepted(classes)) {
                refused++;
                continue;
            }
            String lie = lie(function, classes);
            if (!lie.isEmpty()) {
                lies.add(mutant.name() + ": " + lie);
            }
        }
        assertEquals(List.of(), lies);
        assertTrue(
                refused > made / 2 && made - refused > 5,
                "refused %d of %d of %d".formatted(refused, made, mutants.size()));
    }

    /** What the JVM would not take is nobody's lie. */
    private static boolean isCode(String owner, MethodNode method) {
        method.maxStack += 8;
        try {
            new Analyzer<>(new BasicVerifier()).analyze(owner, method);
            return true;
        } catch (AnalyzerException e) {
            return false;
        }
    }

    private static boolean isAccepted(SortedMap<String, byte[]> classes) {
        try {
            ClassVerifier.verify(classes);
            LinkCheck.link(classes);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    /** What was run and not paid for, or nothing. */
    private static String lie(String function, SortedMap<String, byte[]> classes) {
        GuestCode code = load(classes);
        for (int argument : ARGUMENTS) {
            Guest guest = code.instantiate(List.of(), QUOTA, BUDGET);
            Probe.reset();
            long owed = 0;
            try {
                guest.run(BUDGET, () -> guest.function(function).call(argument));
            } catch (PluginException e) {
                owed = OWED;
            }
            if (Probe.instructions() > guest.fuelUsed() + owed) {
                return "%s(%d) ran %d instructions for %d units"
                        .formatted(function, argument, Probe.instructions(), guest.fuelUsed());
            }
        }
        return "";
    }

    private static GuestCode load(SortedMap<String, byte[]> classes) {
        ClassNode group = new ClassNode();
        new ClassReader(classes.get(Mined.GROUP)).accept(group, ClassReader.SKIP_FRAMES);
        Probe.into(group);
        SortedMap<String, byte[]> probed = Mined.with(group);
        return TestEngine.ENGINE.load(
                Mined.WHO,
                Mined.MODULE.module(),
                new ClassLoader(PaidForTest.class.getClassLoader()) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        byte[] bytes = probed.get(name);
                        if (bytes == null) {
                            throw new ClassNotFoundException(name);
                        }
                        return defineClass(name, bytes, 0, bytes.length);
                    }
                });
    }
}
