package io.trinity.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * CPU time of each thread of a process, as the kernel has it: the collector's and the JIT's are
 * among them. Exact to the nanosecond for threads that wait, to some milliseconds for those that
 * run. A thread that ends between two readings is missing from the difference.
 *
 * @param nanos by thread
 */
record ThreadTimes(Map<Task, Long> nanos) {
    /**
     * A thread.
     *
     * @param name the first fifteen characters of it
     */
    record Task(String id, String name) {
        boolean isJit() {
            return name.matches("C[12] CompilerThre.*|Sweeper thread");
        }

        /** Serves a line of the control socket: ours. */
        boolean isControl() {
            return name.startsWith("trinity-control");
        }
    }

    ThreadTimes {
        nanos = Map.copyOf(nanos);
    }

    static ThreadTimes of(long pid) throws IOException {
        Map<Task, Long> nanos = new HashMap<>();
        List<Path> tasks;
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            tasks = all.toList();
        }
        for (Path task : tasks) {
            try {
                String name = Files.readString(task.resolve("comm")).strip();
                String time = Files.readString(task.resolve("schedstat"));
                nanos.put(
                        new Task(task.getFileName().toString(), name),
                        Long.parseLong(time.substring(0, time.indexOf(' '))));
            } catch (NoSuchFileException endedMeanwhile) {
                continue;
            } catch (IOException endedMeanwhile) {
                // ESRCH, of a thread whose files are open already.
                if (Files.exists(task)) {
                    throw endedMeanwhile;
                }
            }
        }
        return new ThreadTimes(nanos);
    }

    /** What such threads used since an earlier reading. */
    long since(ThreadTimes earlier, Predicate<Task> which) {
        return nanos.entrySet().stream()
                .filter(e -> which.test(e.getKey()))
                .mapToLong(e -> e.getValue() - earlier.nanos.getOrDefault(e.getKey(), 0L))
                .sum();
    }
}
