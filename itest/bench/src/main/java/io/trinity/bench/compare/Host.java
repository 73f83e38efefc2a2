package io.trinity.bench.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine, in a sentence that names nobody. */
final class Host {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private Host() {}

    /** {@code 2 processors (…), 24 GiB, Linux amd64}. */
    static String text() {
        String memory =
                field(MEMORY, "MemTotal")
                        .map(kib -> kib.replaceAll("\\D", ""))
                        .map(kib -> ", " + Math.round(Long.parseLong(kib) / 1048576.0) + " GiB")
                        .orElse("");
        return "%s processors%s%s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        field(CPU, "model name").map(m -> " (" + m + ")").orElse(""),
                        memory,
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    /** How many threads wanted to run in the last minute; negative where the system cannot tell. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static Optional<String> field(Path file, String name) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(l -> l.startsWith(name))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
