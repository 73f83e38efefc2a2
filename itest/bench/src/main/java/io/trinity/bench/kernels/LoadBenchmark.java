package io.trinity.bench.kernels;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a file to the first result, in a process that has loaded no module before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LoadBenchmark {
    @Param("SMALL")
    public Load module = Load.SMALL;

    @Param(Engines.TRINITY)
    public String engine = Engines.TRINITY;

    @Benchmark
    public int load() {
        Path folder = Path.of(System.getProperty(Modules.FOLDER));
        Machine machine =
                engine.equals(Engines.CACHED)
                        ? Saved.load(folder, module)
                        : Engines.of(engine, Modules.read(folder.resolve(module.file())));
        return machine.function(module.export()).call(0);
    }
}
