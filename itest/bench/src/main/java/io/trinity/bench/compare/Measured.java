package io.trinity.bench.compare;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What forks of one JDK have measured, in microseconds. Not thread-safe. */
final class Measured {
    private final Map<String, double[]> byTaskAndFork = new TreeMap<>();

    private static String key(Task task, int fork) {
        return task + "#" + fork;
    }

    boolean has(Task task, int fork) {
        return byTaskAndFork.containsKey(key(task, fork));
    }

    /**
     * @param fork from 0
     * @param iterations at least one
     */
    void add(Task task, int fork, double... iterations) {
        if (iterations.length == 0) {
            throw new IllegalArgumentException(task + " measured nothing");
        }
        byTaskAndFork.put(key(task, fork), iterations.clone());
    }

    /** The iterations of a fork. */
    double[] iterations(Task task, int fork) {
        double[] found = byTaskAndFork.get(key(task, fork));
        if (found == null) {
            throw new IllegalArgumentException(task + " has no fork " + fork);
        }
        return found.clone();
    }

    /** Forks that there are: 0 to this. */
    int forks(Task task) {
        int n = 0;
        while (has(task, n)) {
            n++;
        }
        return n;
    }

    /** A fork's average. */
    double score(Task task, int fork) {
        return Arrays.stream(iterations(task, fork)).average().orElseThrow();
    }

    /** The averages of all forks; empty where it was not measured. */
    double[] scores(Task task) {
        double[] scores = new double[forks(task)];
        for (int f = 0; f < scores.length; f++) {
            scores[f] = score(task, f);
        }
        return scores;
    }
}
