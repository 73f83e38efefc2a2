package io.trinity.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.bench.compare.Targets.Target;
import io.trinity.bench.kernels.Engines;
import io.trinity.bench.kernels.Subject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private final Measured measured = new Measured();

    private void kernels(String engine, double factor) {
        for (Subject s : Subject.kernels()) {
            Task task = new Task(Task.Kind.FUNCTION, s.name(), engine);
            // Fletcher is not among those of the mean.
            double micros = (s == Subject.FLETCHER ? 1000 : 10) * factor;
            measured.add(task, 0, micros * 0.9, micros * 1.1);
            measured.add(task, 1, micros * 2);
            measured.add(task, 2, micros * 0.5);
        }
    }

    private Target target(String beginsWith) {
        return new Targets(measured)
                .all().stream()
                        .filter(t -> t.what().startsWith(beginsWith))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void whatWasNotMeasuredIsNeitherReachedNorMissed() {
        for (Target t : new Targets(measured).all()) {
            assertEquals(Optional.empty(), t.isReached());
            assertEquals("not measured", t.verdict());
        }
    }

    @Test
    void aMeanIsOfMediansAndItsSpreadOfForks() {
        kernels(Engines.JAVA, 1);
        kernels(Engines.TRINITY, 1.2);
        Spread found = target("kernels: time of plain Java").found().orElseThrow();
        assertEquals(1.2, found.value(), 1e-9);
        assertEquals(1.2, found.low(), 1e-9);
        assertEquals(1.2, found.high(), 1e-9);
        assertEquals("reached", target("kernels: time of plain Java").verdict());
        assertEquals(Optional.empty(), target("kernels: time of V8").found());
    }

    @Test
    void aBoundThatIsMissedTellsByHowMuch() {
        kernels(Engines.JAVA, 1);
        kernels(Engines.TRINITY, 1.5);
        assertEquals("missed by 20 %", target("kernels: time of plain Java").verdict());
    }

    @Test
    void throughputIsOneOverTime() {
        measured.add(new Task(Task.Kind.TRIP, Task.LARGE_TRIP, Engines.JAVA), 0, 9);
        measured.add(new Task(Task.Kind.TRIP, Task.LARGE_TRIP, Engines.TRINITY), 0, 10);
        Target t = target("64 KiB in");
        assertEquals(0.9, t.found().orElseThrow().value(), 1e-9);
        assertEquals("reached", t.verdict());
    }

    @Test
    void aCallIsToldInNanoseconds() {
        measured.add(new Task(Task.Kind.FUNCTION, Subject.EMPTY.name(), Engines.TRINITY), 0, 0.018);
        measured.add(
                new Task(Task.Kind.FUNCTION, Subject.CALLS.name(), Engines.TRINITY),
                0,
                0.008 * Subject.CALLS.argument());
        assertEquals("missed by 50 %", target("an empty call").verdict());
        assertEquals(8, target("a call of the host's").found().orElseThrow().value(), 1e-9);
        assertEquals("reached", target("a call of the host's").verdict());
    }

    @Test
    void theWorstRunawayDecides() {
        measured.add(Task.RUNAWAY, 0, 300, 400);
        measured.add(Task.RUNAWAY, 1, 200, 5_100);
        Target t = target("runaway");
        assertEquals(5.1, t.found().orElseThrow().value(), 1e-9);
        assertTrue(t.verdict().startsWith("missed by 2"), t.verdict());
    }

    @Test
    void theReportHasARowForEachTargetAndKernel() {
        kernels(Engines.JAVA, 1);
        kernels(Engines.TRINITY, 1.2);
        String text = new Report(measured, Engines.OWN).text("17");
        assertEquals(
                12,
                text.lines()
                                .filter(l -> l.contains("measured |") || l.contains("reached |"))
                                .count()
                        - 1,
                text);
        for (Subject s : Subject.kernels()) {
            assertTrue(text.contains("| " + s.export() + " | "), s.export());
        }
        assertTrue(text.contains("**geometric mean** without fletcher"), text);
        assertEquals(List.of(), text.lines().filter(l -> l.contains("NaN")).toList());
    }
}
