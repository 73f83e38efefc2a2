package io.trinity.bench.kernels;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One call of a function. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
    @Param("XOR64")
    public Subject subject = Subject.XOR64;

    @Param(Engines.TRINITY)
    public String engine = Engines.TRINITY;

    private Machine.Export function = x -> x;
    private int argument;

    /** Compiles, and checks that the function does the same as in plain Java. */
    @Setup
    public void setUp() {
        argument = subject.argument();
        function = subject.on(engine);
        int found = function.call(argument);
        int expected = subject.on(Engines.JAVA).call(argument);
        if (expected != found) {
            throw new IllegalStateException(engine + " " + subject + ": " + found);
        }
    }

    @Benchmark
    public int call() {
        return function.call(argument);
    }
}
