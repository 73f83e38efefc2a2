package io.trinity.bench.compare;

import io.trinity.bench.kernels.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether forks had come to rest when they were measured: whether the second half of what counts
 * took as long as the first.
 *
 * @param forks that were looked at
 * @param restless those that differ by more than a twentieth, with the difference
 */
record Steadiness(int forks, List<String> restless) {
    private static final double ALLOWED = 0.05;

    static Steadiness of(Measured measured, List<String> engines) {
        int forks = 0;
        List<String> restless = new ArrayList<>();
        for (Subject s : Subject.kernels()) {
            for (String engine : engines) {
                Task task = new Task(Task.Kind.FUNCTION, s.name(), engine);
                for (int f = 0; f < measured.forks(task); f++) {
                    double change = change(measured.iterations(task, f));
                    forks++;
                    if (Math.abs(change) > ALLOWED) {
                        restless.add(
                                String.format(
                                        Locale.ROOT,
                                        "%s %s %+.0f %%",
                                        engine,
                                        s.export(),
                                        change * 100));
                    }
                }
            }
        }
        return new Steadiness(forks, restless);
    }

    /** Of the second half against the first, as a part of it. */
    static double change(double... iterations) {
        int half = iterations.length / 2;
        double first = Arrays.stream(iterations, 0, half).average().orElse(1);
        double second =
                Arrays.stream(iterations, iterations.length - half, iterations.length)
                        .average()
                        .orElse(1);
        return second / first - 1;
    }
}
