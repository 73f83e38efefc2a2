package io.trinity.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Task TASK = new Task(Task.Kind.FUNCTION, "FIB", "java");

    @TempDir Path folder;

    @Test
    void aRunThatWasStoppedGoesOnWhereItWas() throws Exception {
        Path file = folder.resolve("results");
        Results.open(file, "this engine").add("17", TASK, 0, 1.5, 2.5);
        // The next line was cut off.
        Files.writeString(file, Files.readString(file) + "17\tFUNC");
        Results again = Results.open(file, "this engine");
        assertTrue(again.of("17").has(TASK, 0));
        assertArrayEquals(new double[] {1.5, 2.5}, again.of("17").iterations(TASK, 0));
        again.add("17", TASK, 1, 3);
        assertEquals(2, Results.open(file, "this engine").of("17").forks(TASK));
        assertFalse(again.of("25").has(TASK, 0));
    }

    @Test
    void measurementsOfSomethingElseAreNotMixedIn() throws Exception {
        Path file = folder.resolve("results");
        Results.open(file, "this engine").add("17", TASK, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> Results.open(file, "another"));
    }

    @Test
    void optionsAreWords() {
        Options o =
                Options.of(
                        List.of(
                                "--quick",
                                "--java",
                                "a,b",
                                "--java",
                                "c",
                                "fib",
                                "--results",
                                "r"));
        assertEquals(List.of("a", "b", "c"), o.jdks());
        assertTrue(o.quick());
        assertEquals("FIB", o.kernels().get(0).name());
        assertThrows(IllegalArgumentException.class, () -> Options.of(List.of("fob")));
        assertThrows(IllegalArgumentException.class, () -> Options.of(List.of("--java")));
    }
}
