package io.trinity.telemetry;

import io.trinity.api.config.Places;
import io.trinity.api.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Trinity needs of the JVM that runs it. Each answer is one line: the option, why, and where
 * to put it. Nothing of it keeps the host from starting. Pure.
 *
 * @param maxPlugins most plugins; 0 for as many as the heap holds
 * @param limits of a plugin that has none of its own
 * @param terminal whether the shell's terminal library is there, which loads native code
 */
record JvmNeeds(int maxPlugins, Limits limits, boolean terminal) {
    /** What the host needs besides its guests: itself, handing over a call's chunks, compiling. */
    static final long HOST_BYTES = (15L + 64 + 200) << 20;

    /** What the host's own frames take of a stack on which guests run. */
    static final long HOST_STACK_BYTES = 256L << 10;

    private static final String LIMITS_PID = "io.trinity.limits";

    /** What 64-bit JVMs give a thread that asks for nothing. */
    private static final long DEFAULT_STACK_BYTES = 1L << 20;

    /** From here on the JDK warns of what the framework does; a later one will refuse it. */
    private static final int WARNS_FROM = 24;

    private static final Pattern STACK =
            Pattern.compile("-Xss(\\d+)([kKmMgGtT]?)|-XX:ThreadStackSize=(\\d+)([kKmMgGtT]?)");

    /** The lines; none when all is well. */
    List<String> missingIn(JvmFacts jvm) {
        List<String> lines = new ArrayList<>();
        if (jvm.feature() >= WARNS_FROM) {
            missingAccess(jvm.arguments(), lines);
        }
        stack(jvm).ifPresent(lines::add);
        heap(jvm).ifPresent(lines::add);
        if (!jvm.charset().equals("UTF-8")) {
            lines.add(
                    line(
                            "-Dfile.encoding=UTF-8",
                            "text is written as " + jvm.charset() + ", which loses what it lacks"));
        }
        return lines;
    }

    private void missingAccess(List<String> arguments, List<String> lines) {
        if (!arguments.contains("--sun-misc-unsafe-memory-access=allow")) {
            lines.add(
                    line(
                            "--sun-misc-unsafe-memory-access=allow",
                            "the OSGi framework uses sun.misc.Unsafe: this JDK warns of it, a later"
                                    + " one refuses it"));
        }
        if (terminal
                && arguments.stream().noneMatch(a -> a.startsWith("--enable-native-access="))) {
            lines.add(
                    line(
                            "--enable-native-access=ALL-UNNAMED",
                            "the shell's terminal library loads native code: this JDK warns of it,"
                                    + " a later one refuses it"));
        }
    }

    /** A frame is counted as large as the JVM interprets it, so counted bytes are real ones. */
    private Optional<String> stack(JvmFacts jvm) {
        long bytes = DEFAULT_STACK_BYTES;
        String given = "the JVM's own choice";
        // The JVM takes the last one; 0 is its own choice.
        for (String argument : jvm.arguments()) {
            Matcher m = STACK.matcher(argument);
            if (m.matches()) {
                given = argument;
                // -XX:ThreadStackSize counts in KiB.
                bytes =
                        m.group(1) != null
                                ? bytes(m.group(1), m.group(2))
                                : 1024 * bytes(m.group(3), m.group(4));
                bytes = bytes == 0 ? DEFAULT_STACK_BYTES : bytes;
            }
        }
        // A stage that fires a hook, which fires a hook, …: all on one thread.
        long needed = (limits.hookDepth() + 1L) * limits.stackBytes() + HOST_STACK_BYTES;
        if (bytes >= needed) {
            return Optional.empty();
        }
        return Optional.of(
                line(
                        "-Xss" + (needed + 1023) / 1024 + "k",
                        ("with %s (%s KiB) a thread cannot hold %s guests of %s bytes of stack, one"
                                        + " calling the next: calls end with LIMIT_STACK early; or"
                                        + " lower stackBytes or hookDepth in %s")
                                .formatted(
                                        given,
                                        bytes / 1024,
                                        limits.hookDepth() + 1,
                                        limits.stackBytes(),
                                        Places.of(LIMITS_PID))));
    }

    private static long bytes(String digits, String unit) {
        int shift = 10 * " kmgt".indexOf(unit.isEmpty() ? " " : unit.toLowerCase(Locale.ROOT));
        // More than the JVM takes: it has not started with that.
        return digits.length() > 15 ? Long.MAX_VALUE >> 10 : Long.parseLong(digits) << shift;
    }

    private Optional<String> heap(JvmFacts jvm) {
        if (maxPlugins == 0) {
            return Optional.empty();
        }
        // Two generations of one plugin live while it is reloaded.
        long memoryBytes = limits.memoryBytes();
        double guests = (maxPlugins + 1.0) * memoryBytes;
        double needed = guests + HOST_BYTES;
        if (jvm.maxHeapBytes() >= needed) {
            return Optional.empty();
        }
        long mebibytes = (long) Math.ceil(needed / (1 << 20));
        return Optional.of(
                line(
                        // Some collectors leave a part of it out of what they call the maximum.
                        "-Xmx" + (mebibytes + mebibytes / 16) + "m",
                        ("the heap may grow to %s MiB, and %s plugins of %s may need %s MiB; or"
                                        + " lower maxPlugins in %s or memoryBytes in %s")
                                .formatted(
                                        jvm.maxHeapBytes() >> 20,
                                        maxPlugins,
                                        memoryBytes % (1 << 20) == 0
                                                ? (memoryBytes >> 20) + " MiB"
                                                : memoryBytes + " bytes",
                                        mebibytes,
                                        Places.of("io.trinity.registry"),
                                        Places.of(LIMITS_PID))));
    }

    private static String line(String option, String why) {
        return "JVM option "
                + option
                + " is missing: "
                + why
                + ". Set it in TRINITY_OPTS for ./tri, or among the JVM options of the framework"
                + " that Trinity runs in";
    }
}
