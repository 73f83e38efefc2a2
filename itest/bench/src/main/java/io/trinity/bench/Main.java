package io.trinity.bench;

import io.trinity.bench.kernels.KernelMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * {@code ./tri plugin-bench [--quick] [--engine]}: measures a distribution in a process of its own
 * and prints a table. Exit code 0 when all of it could be measured; what was measured decides
 * nothing.
 */
public final class Main {
    private Main() {}

    /**
     * @param arguments {@code --quick}: fewer rounds; {@code --engine}: the engine's kernels by JMH
     *     instead
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, RunnerException {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean quick = words.remove("--quick");
        if (words.remove("--engine")) {
            KernelMain.run(quick, words, System.out);
            return;
        }
        if (!words.isEmpty()) {
            System.err.println("usage: ./tri plugin-bench [--quick] [--engine [KERNEL...]]");
            System.exit(2);
        }
        run(
                Path.of(System.getProperty("trinity.distribution")),
                quick ? Rounds.QUICK : Rounds.FULL,
                new Table(System.out));
    }

    /** Measures and prints. */
    static void run(Path distribution, Rounds rounds, Table table)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("trinity-bench");
        try {
            Path guests = Files.createDirectory(work.resolve("guests"));
            Guests.write(guests, distribution.resolve("samples"), 16, rounds.cold());
            table.begin();
            try (Target target = Target.start(distribution, work)) {
                for (String line : rounds.lines(guests)) {
                    target.ask(line).lines().forEach(table::row);
                }
            }
            table.end();
        } finally {
            delete(work);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            p -> {
                                try {
                                    Files.delete(p);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
