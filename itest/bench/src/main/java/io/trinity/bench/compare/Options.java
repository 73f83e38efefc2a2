package io.trinity.bench.compare;

import io.trinity.bench.kernels.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code ./tri plugin-bench --engine} is asked for.
 *
 * @param jdks folders; this JVM's own where there are none
 * @param others whether engines that have to be downloaded are compared with
 * @param results file to go on with; none: what was measured is forgotten
 * @param kernels these and nothing else; everything where it is empty
 */
public record Options(
        boolean quick,
        boolean others,
        List<String> jdks,
        Optional<Path> results,
        List<Subject> kernels) {
    public static final String USAGE =
            "[--quick] [--others] [--java DIR]... [--results FILE] [KERNEL...]";

    /**
     * Parses words.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Options of(List<String> words) {
        boolean quick = false;
        boolean others = false;
        List<String> jdks = new ArrayList<>();
        Optional<Path> results = Optional.empty();
        List<Subject> kernels = new ArrayList<>();
        for (Iterator<String> i = words.iterator(); i.hasNext(); ) {
            String word = i.next();
            switch (word) {
                case "--quick" -> quick = true;
                case "--others" -> others = true;
                case "--java" -> jdks.addAll(List.of(value(word, i).split(",")));
                case "--results" -> results = Optional.of(Path.of(value(word, i)));
                default -> kernels.add(kernel(word));
            }
        }
        return new Options(quick, others, jdks, results, kernels);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    private static Subject kernel(String word) {
        for (Subject s : Subject.values()) {
            if (s.export().equals(word.toLowerCase(Locale.ROOT))) {
                return s;
            }
        }
        throw new IllegalArgumentException("there is no kernel '" + word + "'; " + USAGE);
    }
}
