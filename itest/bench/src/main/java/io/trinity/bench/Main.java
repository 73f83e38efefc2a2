package io.trinity.bench;

import io.trinity.bench.compare.Comparison;
import io.trinity.bench.compare.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * {@code ./tri plugin-bench}: measures a distribution in a process of its own, or with {@code
 * --engine} the engine beside others, and prints tables. Exit code 0 when all of it could be
 * measured; what was measured decides nothing.
 */
public final class Main {
    private static final String USAGE =
            """
            usage: ./tri plugin-bench [--quick] [--into PAGE]
                   ./tri plugin-bench --engine %s [--into PAGE]
            """
                    .formatted(Options.USAGE);

    private Main() {}

    /**
     * @param arguments as in the usage; {@code --into}: the page whose marked part is replaced
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, RunnerException {
        List<String> words = new ArrayList<>(List.of(arguments));
        Optional<Path> page = page(words);
        boolean isEngine = words.remove("--engine");
        String report = isEngine ? engine(words) : distribution(words);
        if (page.isPresent()) {
            new Marked(isEngine ? "engine" : "distribution").write(page.get(), report);
        }
    }

    private static Optional<Path> page(List<String> words) {
        int at = words.indexOf("--into");
        if (at < 0) {
            return Optional.empty();
        }
        words.remove(at);
        if (at == words.size()) {
            throw usage("--into needs a page");
        }
        return Optional.of(Path.of(words.remove(at)));
    }

    private static String distribution(List<String> words)
            throws IOException, InterruptedException {
        boolean quick = words.remove("--quick");
        if (!words.isEmpty()) {
            throw usage("unexpected '" + words.get(0) + "'");
        }
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        run(
                Path.of(System.getProperty("trinity.distribution")),
                quick ? Rounds.QUICK : Rounds.FULL,
                new Table(System.out, new PrintStream(copy, true, StandardCharsets.UTF_8)));
        return copy.toString(StandardCharsets.UTF_8);
    }

    private static String engine(List<String> words)
            throws IOException, InterruptedException, RunnerException {
        Path work = Files.createTempDirectory("trinity-bench");
        try {
            Comparison comparison;
            try {
                comparison = new Comparison(Options.of(words), work, System.err);
            } catch (IllegalArgumentException e) {
                throw usage(String.valueOf(e.getMessage()));
            }
            String report = comparison.run(Guests::large);
            System.out.print(report);
            return report;
        } finally {
            delete(work);
        }
    }

    /** Ends the process. */
    private static IllegalArgumentException usage(String what) {
        System.err.println(what);
        System.err.print(USAGE);
        System.exit(2);
        return new IllegalArgumentException(what);
    }

    /** Measures and prints. */
    static void run(Path distribution, Rounds rounds, Table table)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("trinity-bench");
        try {
            Path guests = Files.createDirectory(work.resolve("guests"));
            Guests.write(guests, distribution.resolve("plugins/tokenizer"), 16, rounds.cold());
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
