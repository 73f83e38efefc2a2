package io.trinity.bench.inside;

import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The commands of scope {@code bench}: each measures one thing over some rounds, begins and ends
 * with no plugin loaded, and returns rows of {@link Series#row}.
 */
public final class Measurements {
    private static final int SMALL = 64;
    private static final int LARGE = 64 << 10;
    private static final int PLUGINS = 16;
    private static final double MIB = 1 << 20;

    private final House house;

    Measurements(House house) {
        this.house = house;
    }

    /** The first 1,000 calls of plugins that were loaded just now. */
    public String first(String guests, int rounds) throws IOException {
        double[] average = new double[rounds];
        List<Chunk> chunks = List.of(House.chunk(SMALL));
        for (int r = 0; r < rounds; r++) {
            String name = "echo-" + r;
            house.load(guest(guests, name), name);
            PipelineStage stage = house.stage(name);
            average[r] = micros(stage, chunks, 1000);
        }
        house.clear();
        return Series.of(average)
                .row("call of 64 B, the first 1,000 of a fresh plugin", "µs", "under 1,000");
    }

    /** A call when all of it is compiled: on average, and the slowest of a hundred. */
    public String latency(String guests, int rounds) throws IOException {
        house.load(guest(guests, "echo-0"), "echo-0");
        PipelineStage stage = house.stage("echo-0");
        List<Chunk> chunks = List.of(House.chunk(SMALL));
        micros(stage, chunks, 60_000);
        double[] average = new double[rounds];
        double[] slow = new double[rounds];
        for (int r = 0; r < rounds; r++) {
            average[r] = micros(stage, chunks, 10_000);
            slow[r] = slowOfAHundred(stage, chunks, 10_000);
        }
        house.clear();
        return Series.of(average).row("call of 64 B, warm", "µs", "under 1,000")
                + "\n"
                + Series.of(slow).row("the same, 99th percentile", "µs", "");
    }

    /** Calls and bytes in a second, from one thread and from two on plugins of their own. */
    public String throughput(String guests, int rounds) throws IOException {
        house.load(guest(guests, "echo-0"), "echo-0");
        house.load(guest(guests, "echo-1"), "echo-1");
        house.load(guest(guests, "xor"), "xor");
        PipelineStage one = house.stage("echo-0");
        PipelineStage two = house.stage("echo-1");
        PipelineStage xor = house.stage("xor");
        List<Chunk> small = List.of(House.chunk(SMALL));
        List<Chunk> large = List.of(House.chunk(LARGE));
        micros(one, small, 60_000);
        micros(two, small, 60_000);
        micros(xor, large, 5000);
        double[] alone = new double[rounds];
        double[] together = new double[rounds];
        double[] bytes = new double[rounds];
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int r = 0; r < rounds; r++) {
                alone[r] = 1e3 / micros(one, small, 30_000);
                Future<Double> beside = other.submit(() -> 1e3 / micros(two, small, 30_000));
                together[r] = 1e3 / micros(one, small, 30_000) + beside.get();
                bytes[r] = LARGE / micros(xor, large, 1000);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the second caller failed", e);
        } finally {
            other.shutdownNow();
        }
        house.clear();
        return Series.of(alone).row("calls of 64 B, one thread", "1,000/s", "")
                + "\n"
                + Series.of(together).row("calls of 64 B, two threads, two plugins", "1,000/s", "")
                + "\n"
                + Series.of(bytes).row("64 KiB in, every byte changed, out", "MB/s", "");
    }

    /** A module of 1 MB: with bytes never seen, and with bytes seen before. */
    public String reload(String guests, int cold, int warm) throws IOException {
        double[] compiled = new double[cold];
        for (int r = 0; r < cold; r++) {
            compiled[r] = loadMillis(guest(guests, "large-" + r));
        }
        long size = Files.size(guest(guests, "large-0"));
        PipelineStage stage = house.stage("large");
        double[] cached = new double[warm];
        for (int r = 0; r < warm; r++) {
            cached[r] = loadMillis(version(guests, r, cold));
        }
        double[] longest = longestCalls(stage, guests, cold, warm);
        house.clear();
        String module = "module of " + size / 1000 + " kB";
        return Series.of(compiled).row("load of a " + module + ", compiled", "ms", "")
                + "\n"
                + Series.of(cached)
                        .row("reload of a " + module + ", from warm cache", "ms", "under 100")
                + "\n"
                + Series.of(longest).row("longest call of a caller during such a reload", "ms", "");
    }

    /** Of a caller that goes on without a pause, while the plugin is reloaded. */
    private double[] longestCalls(PipelineStage stage, String guests, int cold, int reloads)
            throws IOException {
        List<Chunk> chunks = List.of(House.chunk(SMALL));
        double[] longest = new double[reloads];
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            for (int r = 0; r < reloads; r++) {
                AtomicBoolean done = new AtomicBoolean();
                Future<Double> most =
                        caller.submit(
                                () -> {
                                    double seen = 0;
                                    while (!done.get()) {
                                        seen = Math.max(seen, micros(stage, chunks, 1) / 1000);
                                    }
                                    return seen;
                                });
                try {
                    loadMillis(version(guests, r, cold));
                } finally {
                    done.set(true);
                }
                longest[r] = most.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a call failed during a reload", e);
        } finally {
            caller.shutdownNow();
        }
        return longest;
    }

    /** One of two versions that were compiled already, in turns. */
    private static Path version(String guests, int round, int cold) {
        return guest(guests, "large-" + round % Math.min(2, cold));
    }

    private double loadMillis(Path file) throws IOException {
        long begin = System.nanoTime();
        house.load(file, "large");
        return (System.nanoTime() - begin) / 1e6;
    }

    /** What sixteen plugins take, each called once. */
    public String memory(String guests, int rounds) throws IOException {
        double[] heap = new double[rounds];
        double[] code = new double[rounds];
        double[] resident = new double[rounds];
        for (int r = 0; r < rounds; r++) {
            long heapBefore = used(MemoryType.HEAP);
            long codeBefore = used(MemoryType.NON_HEAP);
            for (int i = 0; i < PLUGINS; i++) {
                String name = "tokenizer-" + i;
                house.load(guest(guests, name), name);
                House.call(house.stage(name), List.of(House.chunk(SMALL)));
            }
            heap[r] = (used(MemoryType.HEAP) - heapBefore) / MIB;
            code[r] = (used(MemoryType.NON_HEAP) - codeBefore) / MIB;
            resident[r] = residentBytes() / MIB;
            house.clear();
        }
        return Series.of(heap).row("16 plugins (tokenizer): heap that they add", "MiB", "")
                + "\n"
                + Series.of(code)
                        .row("16 plugins: classes and machine code that they add", "MiB", "")
                + "\n"
                + Series.of(resident)
                        .row("16 plugins: whole process, resident", "MiB", "under 256");
    }

    private static Path guest(String folder, String name) {
        return Path.of(folder, name + ".wasm");
    }

    private static double micros(PipelineStage stage, List<Chunk> chunks, int calls) {
        long begin = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            House.call(stage, chunks);
        }
        return (System.nanoTime() - begin) / 1e3 / calls;
    }

    private static double slowOfAHundred(PipelineStage stage, List<Chunk> chunks, int calls) {
        double[] each = new double[calls];
        for (int i = 0; i < calls; i++) {
            each[i] = micros(stage, chunks, 1);
        }
        return Series.of(each).quantile(0.99);
    }

    /** Bytes in use after a full collection. */
    private static long used(MemoryType type) {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        List<MemoryPoolMXBean> pools = new ArrayList<>(ManagementFactory.getMemoryPoolMXBeans());
        return pools.stream()
                .filter(p -> p.getType() == type)
                .mapToLong(p -> p.getUsage().getUsed())
                .sum();
    }

    /** VmRSS of this process; 0 where there is no such file. */
    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }
}
