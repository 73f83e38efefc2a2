package io.trinity.hostile;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.stream.Chunk;
import io.trinity.api.world.PipelineStageWorld;
import io.trinity.engine.ChicoryEngine;
import io.trinity.policy.PolicyComponent;
import io.trinity.sandbox.SandboxComponent;
import io.trinity.testkit.MapClassLoader;
import io.trinity.wrapper.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a module takes of the heap, beside what the ledger of its generation says. The sandbox and
 * the engine are real and within this process, where nobody else allocates; several generations of
 * a module are open at once, so that what is there once counts little.
 */
final class HeapShares {
    /** Of each file, as far as the sandbox is told. */
    static final String DIGEST = "0".repeat(64);

    /** Between heap and ledger of one generation. */
    static final long MOST_BYTES = 1 << 20;

    private static final long SETTLED_SECONDS = 3;

    /** Generations of each module. */
    static final int GENERATIONS = 3;

    private final ChicoryEngine engine = new ChicoryEngine();
    private final SandboxComponent sandbox;

    HeapShares(Map<String, Map<String, Object>> configured) {
        PolicyComponent policy = new PolicyComponent(Configurations.ofPlugins(configured));
        sandbox = new SandboxComponent(engine, policy, policy);
    }

    /**
     * One generation's share, in bytes.
     *
     * @param heap after a collection
     * @param ledger what it says at the same time
     */
    record Share(long heap, long ledger) {
        /** Bytes of the heap that the ledger does not know. */
        long beyond() {
            return heap - ledger;
        }
    }

    /**
     * What was measured of one module.
     *
     * @param refused the code where it is not let in; else empty
     * @param opened once it is open
     * @param called after a call
     */
    record Shares(String refused, Share opened, Share called) {
        /** Of both, the one that is further apart. */
        Share worse() {
            return Math.abs(called.beyond()) > Math.abs(opened.beyond()) ? called : opened;
        }
    }

    /** Opens it, and calls it if it is a stage. */
    Shares of(String plugin, byte[] file) {
        try {
            CompiledModule compiled = engine.compile(PluginRef.named(plugin), file);
            return of(plugin, compiled);
        } catch (PluginException e) {
            Share none = new Share(0, 0);
            return new Shares(e.code().name(), none, none);
        }
    }

    private Shares of(String plugin, CompiledModule compiled) {
        List<Generation> generations = new ArrayList<>(GENERATIONS);
        try {
            long before = liveBytes();
            for (int i = 0; i < GENERATIONS; i++) {
                generations.add(open(plugin, compiled, i));
            }
            Share opened = share(before, generations);
            generations.forEach(HeapShares::call);
            return new Shares("", opened, share(before, generations));
        } finally {
            generations.forEach(Generation::close);
        }
    }

    /** Waits until what is made outside of calls, such as the next guest, is made. */
    private static Share share(long before, List<Generation> generations) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLED_SECONDS);
        while (true) {
            long ledger = ledgers(generations);
            long heap = liveBytes() - before;
            boolean settled = ledger == ledgers(generations);
            Share share = new Share(heap / GENERATIONS, ledger / GENERATIONS);
            if ((settled && Math.abs(share.beyond()) <= MOST_BYTES)
                    || System.nanoTime() - deadline >= 0) {
                return share;
            }
        }
    }

    private static long ledgers(List<Generation> generations) {
        return generations.stream().mapToLong(Generation::memoryBytes).sum();
    }

    private Generation open(String plugin, CompiledModule compiled, int number) {
        GenerationSource source =
                new GenerationSource(
                        ManifestReader.of(PluginRef.named(plugin), compiled.info()).manifest(),
                        number,
                        DIGEST,
                        new StrippedModule(
                                compiled.module().bytes().clone(),
                                compiled.module().mainClass(),
                                compiled.module().build()),
                        new MapClassLoader(compiled.classes()));
        sandbox.admit(source.manifest(), source.digest(), compiled.info());
        return sandbox.open(source);
    }

    private static void call(Generation generation) {
        Chunk chunk =
                new Chunk(new byte[] {'x'}, "text/plain", "text", "one", List.of(), 0, 0, true);
        try {
            generation
                    .as(PipelineStageWorld.class)
                    .process(CallOptions.stream("one"), List.of(chunk));
        } catch (PluginException expected) {
            if (expected.code() == ErrorCode.INTERNAL) {
                throw expected;
            }
        }
    }

    /** Bytes of what is reachable; the collector is to be the serial one. */
    static long liveBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
