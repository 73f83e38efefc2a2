package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.GuestCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sampled calls, interpreted by Chicory and run by us: the same results, the same traps, the same
 * globals, and the same memory to the last byte.
 */
@Timeout(7_200)
class CrossCheckTest {
    private static final int LEAST_MODULES = 15;
    private static final int CALLS = 25;

    /** Instructions of an interpreted call. */
    private static final long MOST = 400_000;

    /** {@code EBADF} of WASI preview 1. */
    private static final int NO_SUCH_DESCRIPTOR = 8;

    /** What texts for plugins are made of. */
    private static final String TEXT = "aA0 1.5,{}[]\":\n_#+-e";

    /** How calls ended. */
    private static final class Ends {
        private int results;
        private int traps;
        private int endless;

        /** Where Chicory's compiler agrees with us, and not with its interpreter. */
        private int misread;

        /** False where neither side is called again. */
        boolean count(SideBySide both, String function, long[] arguments, String where) {
            boolean trapped;
            try {
                trapped = both.attempt(function, arguments).isEmpty();
            } catch (PlainSide.Endless e) {
                endless++;
                return false;
            } catch (AssertionError e) {
                throw new AssertionError(where + ": " + e.getMessage(), e);
            }
            both.agree(where);
            results += trapped ? 0 : 1;
            traps += trapped ? 1 : 0;
            return !trapped;
        }

        @Override
        public String toString() {
            return "%d results, %d traps, %d endless, %d misread"
                    .formatted(results, traps, endless, misread);
        }
    }

    @Test
    void randomModules() {
        Fuzz fuzz = new Fuzz(3);
        Ends ends = new Ends();
        while (fuzz.goesOn(LEAST_MODULES)) {
            Random random = fuzz.random();
            RandomModule made = new RandomModule(random);
            String wat = made.wat();
            byte[] module = EngineFixture.wasm(wat);
            PlainSide.Code plain = PlainSide.Code.interpreted(module, MOST);
            GuestCode code = NpmModule.load(module);
            SideBySide both = null;
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                if (both == null) {
                    both = new SideBySide(plain, code, () -> (n, s, a) -> 0);
                    calls.clear();
                }
                int function = random.nextInt(RandomModule.FUNCTIONS);
                long[] arguments =
                        made.signature(function).parameters().stream()
                                .mapToLong(p -> RandomCode.bits(random, p))
                                .toArray();
                String where =
                        "%s: f%d%s of\n%s"
                                .formatted(fuzz, function, Arrays.toString(arguments), wat);
                calls.add(new Call("f" + function, arguments));
                try {
                    both = ends.count(both, "f" + function, arguments, where) ? both : null;
                } catch (AssertionError e) {
                    askCompiler(e, module, code, calls);
                    ends.misread++;
                    both = null;
                }
            }
        }
        // Else the calls would not be worth their time.
        assertTrue(ends.results > 100 && ends.traps > 20, ends::toString);
        assertTrue(ends.misread * 100 <= ends.results + ends.traps, ends::toString);
    }

    private record Call(String function, long... arguments) {}

    /**
     * The interpreter of 1.7.5 has defects of its own; with seed 199, an f64.store that is out of
     * bounds does not trap. Where Chicory's compiler agrees with us in the same calls, it is such a
     * one.
     */
    private static void askCompiler(
            AssertionError found, byte[] module, GuestCode code, List<Call> calls) {
        SideBySide both =
                new SideBySide(PlainSide.Code.compiled(module), code, () -> (n, s, a) -> 0);
        try {
            calls.forEach(c -> both.attempt(c.function(), c.arguments()));
            both.agree("compiled");
        } catch (AssertionError e) {
            found.addSuppressed(e);
            throw found;
        }
    }

    /**
     * What the plugins of this project take is a place in memory and a length, most of the time.
     */
    @Test
    void pluginsOfThisProject() throws IOException {
        List<byte[]> modules = plugins();
        List<PlainSide.Code> plain =
                modules.stream().map(m -> PlainSide.Code.interpreted(m, MOST)).toList();
        List<GuestCode> code = modules.stream().map(NpmModule::load).toList();
        Fuzz fuzz = new Fuzz(1);
        Ends ends = new Ends();
        while (fuzz.goesOn(8 * modules.size())) {
            Random random = fuzz.random();
            int i = (int) (fuzz.seed() % modules.size());
            plugin(
                    new SideBySide(plain.get(i), code.get(i), () -> host(fuzz.seed())),
                    code.get(i),
                    random,
                    ends,
                    fuzz + " plugin " + i);
        }
        assertTrue(ends.results > 100 && ends.endless > 2, ends::toString);
    }

    private static List<byte[]> plugins() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("../../plugins"))) {
            return all.filter(p -> p.toString().endsWith(".wasm"))
                    .sorted()
                    .map(ModuleCorpus::read)
                    .toList();
        }
    }

    /** The same small answers in the same order; a libc that begins finds no directory. */
    private static Side.Host host(long seed) {
        Random answers = new Random(seed);
        return (name, side, arguments) ->
                name.equals("fd_prestat_get") ? NO_SUCH_DESCRIPTOR : answers.nextInt(3);
    }

    private static void plugin(
            SideBySide both, GuestCode code, Random random, Ends ends, String where) {
        byte[] input = input(random);
        long at = both.call("cabi_realloc", 0, 0, 8, input.length);
        both.write((int) at, input);
        List<String> exports =
                code.exports().keySet().stream()
                        .filter(e -> !e.startsWith("cabi"))
                        .sorted()
                        .toList();
        for (int i = 0; i < 4; i++) {
            String function = RandomCode.oneOf(random, exports);
            long[] arguments = new long[code.exports().get(function).parameters().size()];
            for (int a = 0; a < arguments.length; a++) {
                ValueType type = code.exports().get(function).parameters().get(a);
                boolean odd = type != ValueType.I32 || random.nextInt(9) == 0;
                arguments[a] = odd ? RandomCode.bits(random, type) : a % 2 == 0 ? at : input.length;
            }
            String what = where + " " + function + Arrays.toString(arguments);
            if (!ends.count(both, function, arguments, what)) {
                return;
            }
        }
    }

    private static byte[] input(Random random) {
        byte[] input = new byte[1 + random.nextInt(200)];
        random.nextBytes(input);
        for (int i = 0; i < input.length && random.nextInt(4) > 0; i++) {
            input[i] = (byte) TEXT.charAt(Math.floorMod(input[i], TEXT.length()));
        }
        return input;
    }
}
