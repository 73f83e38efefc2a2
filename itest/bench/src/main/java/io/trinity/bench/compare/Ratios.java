package io.trinity.bench.compare;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How long one engine takes against another. */
final class Ratios {
    private final Measured measured;

    Ratios(Measured measured) {
        this.measured = measured;
    }

    /**
     * The geometric mean, over subjects, of the ratios of medians; its spread is that of the same
     * mean within each fork. Empty where one of the two was not measured on all subjects.
     */
    Optional<Spread> of(Task.Kind kind, List<String> subjects, String engine, String base) {
        int forks = Integer.MAX_VALUE;
        for (String s : subjects) {
            forks = Math.min(forks, measured.forks(new Task(kind, s, engine)));
            forks = Math.min(forks, measured.forks(new Task(kind, s, base)));
        }
        if (subjects.isEmpty() || forks == 0) {
            return Optional.empty();
        }
        double[] byFork = new double[forks];
        for (int f = 0; f < forks; f++) {
            int fork = f;
            byFork[f] = mean(kind, subjects, engine, base, t -> measured.score(t, fork));
        }
        Spread spread = Spread.of(byFork);
        double value =
                mean(kind, subjects, engine, base, t -> Spread.of(measured.scores(t)).value());
        return Optional.of(new Spread(value, spread.low(), spread.high()));
    }

    private static double mean(
            Task.Kind kind,
            List<String> subjects,
            String engine,
            String base,
            ToDoubleFunction<Task> score) {
        double logs = 0;
        for (String s : subjects) {
            logs +=
                    Math.log(
                            score.applyAsDouble(new Task(kind, s, engine))
                                    / score.applyAsDouble(new Task(kind, s, base)));
        }
        return Math.exp(logs / subjects.size());
    }
}
