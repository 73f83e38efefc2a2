package io.trinity.hostile;

import io.trinity.hostile.ThreadTimes.Task;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures the host's process from outside, while it does something. */
final class Gauge {
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final Pattern TENURED =
            Pattern.compile("^ *tenured .*?used (\\d+)K", Pattern.MULTILINE);

    private final long pid;
    private final AttachedJvm jvm;
    private double idleCpu;
    private double idleJit;

    Gauge(long pid, AttachedJvm jvm) {
        this.pid = pid;
        this.jvm = jvm;
    }

    /** Something that the host does. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** What it gave, and its cost. */
    record Measured<T>(T result, Cost cost) {}

    /** Learns what the host uses while nobody asks anything of it. */
    void learnIdle() throws IOException {
        idleCpu = 0;
        idleJit = 0;
        Cost second =
                measure(
                                t -> true,
                                () -> {
                                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                                    while (System.nanoTime() < end) {
                                        LockSupport.parkNanos(end - System.nanoTime());
                                    }
                                    return true;
                                })
                        .cost();
        idleCpu = second.cpu() / second.wall();
        idleJit = second.jit() / second.wall();
    }

    /** A call: it runs on a thread of the control socket. */
    <T> Measured<T> call(Work<T> work) throws IOException {
        return measure(t -> true, work);
    }

    /** A load: the control socket's threads are then busy with our asking how far it is. */
    <T> Measured<T> load(Work<T> work) throws IOException {
        return measure(t -> !t.isControl(), work);
    }

    private <T> Measured<T> measure(Predicate<Task> which, Work<T> work) throws IOException {
        ThreadTimes before = ThreadTimes.of(pid);
        long begin = System.nanoTime();
        T result = work.run();
        double wall = (System.nanoTime() - begin) / NANOS_OF_A_MILLI;
        ThreadTimes after = ThreadTimes.of(pid);
        double jit = after.since(before, Task::isJit) / NANOS_OF_A_MILLI;
        double cpu = after.since(before, which.and(t -> !t.isJit())) / NANOS_OF_A_MILLI;
        return new Measured<>(
                result,
                new Cost(
                        Math.max(0, cpu - idleCpu * wall),
                        Math.max(0, jit - idleJit * wall),
                        wall));
    }

    /**
     * Bytes of the heap that are reachable: of the old generation, where a full collection puts
     * everything, and where nothing is made meanwhile.
     */
    long heapBytes() throws IOException {
        jvm.ask("GC.run");
        String info = jvm.ask("GC.heap_info");
        Matcher tenured = TENURED.matcher(info);
        if (!tenured.find()) {
            throw new IOException("no old generation of the serial collector: " + info);
        }
        return Long.parseLong(tenured.group(1)) << 10;
    }
}
