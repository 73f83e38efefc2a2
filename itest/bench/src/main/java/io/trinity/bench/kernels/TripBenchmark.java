package io.trinity.bench.kernels;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bytes in, each changed, out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TripBenchmark {
    @Param("64")
    public int bytes = 64;

    @Param(Engines.TRINITY)
    public String engine = Engines.TRINITY;

    private UnaryOperator<byte[]> trip = b -> b;
    private byte[] in = {};

    /** Compiles, and checks that the bytes are changed. */
    @Setup
    public void setUp() {
        in = new byte[bytes];
        trip = Engines.of(engine, Modules.trips()).trip();
        byte[] expected = new byte[bytes];
        Arrays.fill(expected, (byte) 0x5a);
        if (!Arrays.equals(trip.apply(in), expected)) {
            throw new IllegalStateException(engine + " changed them otherwise");
        }
    }

    @Benchmark
    public byte[] trip() {
        return trip.apply(in);
    }
}
