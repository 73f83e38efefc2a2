package io.trinity.bench.kernels;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One call of a kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
    /** Chosen so that each takes a fraction of a millisecond in plain Java. */
    static final Map<String, Integer> ARGUMENTS =
            Map.of(
                    "empty", 0,
                    "xor64", 16,
                    "fletcher", 4,
                    "lz", 1,
                    "fib", 20,
                    "sha256", 1,
                    "matmul", 1,
                    "machine", 50_000);

    @Param({"xor64", "fletcher", "lz", "fib", "sha256", "matmul", "machine", "empty"})
    public String kernel = "";

    @Param({"java", "trinity", "chicory-array", "chicory"})
    public String engine = "";

    private Machine machine = (kernel, argument) -> 0;
    private int argument;

    /** Compiles and checks that the kernel does the same as in plain Java. */
    @Setup
    public void setUp() {
        argument = ARGUMENTS.getOrDefault(kernel, 0);
        int expected = new Checked("java").call(kernel, argument);
        int found = new Checked(engine).call(kernel, argument);
        if (expected != found) {
            throw new IllegalStateException(engine + " " + kernel + ": " + found);
        }
        machine = Engines.of(engine);
    }

    private record Checked(String engine) {
        int call(String kernel, int argument) {
            return Engines.of(engine).call(kernel, argument);
        }
    }

    @Benchmark
    public int call() {
        return machine.call(kernel, argument);
    }
}
