package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.policy.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmNeedsTest {
    private static final long GIB = 1L << 30;
    private static final JvmNeeds DEFAULT = needs(32, 16 << 20, 64 << 10, 4, true);

    private static JvmNeeds needs(
            int plugins, long memoryBytes, int stackBytes, int hookDepth, boolean terminal) {
        Limits d = Limits.DEFAULT;
        return new JvmNeeds(
                plugins,
                new Limits(
                        memoryBytes,
                        d.cpuMillis(),
                        d.wallMillis(),
                        d.fuel(),
                        stackBytes,
                        hookDepth,
                        d.hooks(),
                        d.dependencies(),
                        d.hostCalls(),
                        d.queue(),
                        d.initMillis(),
                        d.logLines()),
                terminal);
    }

    private static List<String> missing(JvmNeeds needs, int feature, long heap, String... args) {
        return needs.missingIn(new JvmFacts(feature, List.of(args), heap, "UTF-8"));
    }

    private static void assertOne(List<String> lines, String... parts) {
        assertEquals(1, lines.size(), lines.toString());
        for (String part : parts) {
            assertTrue(lines.get(0).contains(part), lines.get(0));
        }
    }

    @Test
    void aJvmBefore24NeedsNoAccessOption() {
        assertEquals(List.of(), missing(DEFAULT, 17, GIB));
        assertEquals(List.of(), missing(DEFAULT, 23, GIB));
    }

    @Test
    void from24OnEachMissingAccessOptionIsALineThatSaysWhyAndHow() {
        assertOne(
                missing(DEFAULT, 24, GIB, "--enable-native-access=ALL-UNNAMED"),
                "--sun-misc-unsafe-memory-access=allow",
                "sun.misc.Unsafe",
                "TRINITY_OPTS");
        assertOne(
                missing(DEFAULT, 25, GIB, "--sun-misc-unsafe-memory-access=allow"),
                "--enable-native-access=ALL-UNNAMED",
                "terminal",
                "TRINITY_OPTS");
        assertEquals(2, missing(DEFAULT, 25, GIB, "--sun-misc-unsafe-memory-access=deny").size());
    }

    @Test
    void withoutATerminalLibraryNativeAccessIsNotNeeded() {
        JvmNeeds noTerminal = needs(32, 16 << 20, 64 << 10, 4, false);
        assertEquals(
                List.of(), missing(noTerminal, 25, GIB, "--sun-misc-unsafe-memory-access=allow"));
    }

    /** 5 x 64 KiB of guests and 256 KiB of the host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xss575k",
                "-Xss524288",
                "-XX:ThreadStackSize=512",
                "-Xss2m -Xss256K",
                "-Xss1m -XX:ThreadStackSize=575"
            })
    void aSmallStackIsNamedWithTheOptionThatMakesItSmall(String options) {
        String[] args = options.split(" ");
        assertOne(
                missing(DEFAULT, 17, GIB, args), "-Xss576k", args[args.length - 1], "LIMIT_STACK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xss576k",
                "-Xss1M",
                "-Xss589824",
                "-Xss1g",
                "-XX:ThreadStackSize=576",
                "-XX:ThreadStackSize=0",
                "-Xss256k -Xss1m",
                "-Xsssomething"
            })
    void aStackThatHoldsTheDeepestNestOfGuestsIsEnough(String options) {
        assertEquals(List.of(), missing(DEFAULT, 17, GIB, options.split(" ")));
    }

    @Test
    void largerGuestStacksAskForLargerThreadsAlsoWhereNothingWasGiven() {
        JvmNeeds large = needs(32, 16 << 20, 1 << 20, 4, true);
        assertOne(missing(large, 17, GIB), "-Xss5376k", "1024 KiB", "5 guests");
        assertEquals(List.of(), missing(large, 17, GIB, "-Xss5376k"));
        assertEquals(List.of(), missing(needs(32, 16 << 20, 128 << 10, 4, true), 17, GIB));
    }

    @Test
    void aHeapThatCannotHoldAllPluginsIsNamedWithOneThatCan() {
        // 33 x 16 MiB of guests and 279 MiB of the host
        long enough = 807L << 20;
        assertEquals(List.of(), missing(DEFAULT, 17, enough));
        assertOne(
                missing(DEFAULT, 17, enough - 1),
                "-Xmx857m",
                "32 plugins of 16 MiB",
                "807 MiB",
                "maxPlugins",
                "memoryBytes");
        assertOne(missing(needs(10_000, 4L << 30, 64 << 10, 4, true), 17, GIB), "-Xmx");
    }

    @Test
    void asManyPluginsAsTheHeapHoldsNeedNoMoreHeap() {
        assertEquals(List.of(), missing(needs(0, 16 << 20, 64 << 10, 4, true), 17, 64 << 20));
        assertEquals(
                needs(0, 16 << 20, 64 << 10, 4, true),
                StartCheck.needs(Map.of("maxPlugins", "auto"), true));
    }

    @Test
    void anotherCharacterSetThanUtf8IsNamed() {
        assertOne(
                DEFAULT.missingIn(new JvmFacts(17, List.of(), GIB, "US-ASCII")),
                "-Dfile.encoding=UTF-8",
                "US-ASCII");
    }

    @Test
    void theCheckGoesByTheConfiguredLimits() {
        assertEquals(needs(32, 16 << 20, 64 << 10, 4, false), StartCheck.needs(Map.of(), false));
        assertEquals(
                needs(4, 256 << 20, 32 << 10, 1, true),
                StartCheck.needs(
                        Map.of(
                                "maxPlugins", "4",
                                "memoryBytes", "268435456",
                                "stackBytes", "32768",
                                "hookDepth", "1"),
                        true));
        assertEquals(
                needs(32, 16 << 20, 64 << 10, 4, true),
                StartCheck.needs(Map.of("maxPlugins", "many"), true));
    }

    @Test
    void theFactsOfThisJvmAreRead() {
        JvmFacts present = JvmFacts.present();
        assertEquals(Runtime.version().feature(), present.feature());
        assertTrue(present.maxHeapBytes() > 0);
        assertTrue(present.arguments().stream().anyMatch(a -> a.startsWith("-Xss")));
    }

    /** The script and the check must not tell different stories. */
    @Test
    void whatTheFrontDoorPassesIsAllThatIsNeeded() throws IOException {
        Path script = Path.of("..", "..", "tri");
        List<String> given;
        try (Stream<String> lines = Files.lines(script)) {
            given =
                    lines.dropWhile(l -> !l.startsWith("runtime_options()"))
                            .takeWhile(l -> !l.equals("}"))
                            .filter(l -> l.contains("options=(") || l.contains("options+=("))
                            .flatMap(l -> Arrays.stream(l.split("[ ()]")))
                            .filter(word -> word.startsWith("-") && !word.startsWith("-Xm"))
                            .toList();
        }
        assertTrue(given.contains("-XX:+UseSerialGC"), given.toString());
        // The heap is the machine's: of 1 GiB the serial collector counts one survivor space less.
        assertEquals(List.of(), missing(DEFAULT, 25, 989L << 20, given.toArray(new String[0])));
    }
}
