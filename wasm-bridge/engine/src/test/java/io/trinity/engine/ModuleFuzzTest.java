package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.testkit.MapClassLoader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Spoilt modules from their bytes to calls: whatever they are, a {@link PluginException} or a
 * result comes out, in time and without much memory.
 */
@Timeout(7_200)
class ModuleFuzzTest extends EngineFixture {
    private static final int LEAST = 300;
    private static final long SECONDS_FOR_ONE = 60;
    private static final long BYTES_FOR_ONE = 1L << 30;

    /** How far a module came. */
    private enum Stage {
        INSPECTED,
        COMPILED,
        INSTANTIATED,
        CALLED
    }

    private static final CallBudget TIGHT = budget(500, 100_000, 32_768);

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread t = new Thread(null, work, "fuzzed", 2 << 20);
                        t.setDaemon(true);
                        return t;
                    });

    @Override
    Engine engine() {
        return TestEngine.ENGINE;
    }

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void whatFailedOnceFailsNoMore() throws IOException {
        for (Path file : ModuleCorpus.failed()) {
            attempt(ModuleCorpus.read(file), new Random(1), file.toString());
        }
    }

    @Test
    void theModulesThemselvesRunToTheEnd() throws IOException {
        for (byte[] module : new ModuleCorpus().modules()) {
            assertEquals(Stage.CALLED, attempt(module, new Random(1), "sound"));
        }
    }

    /** Linking takes nothing that is only nearly what the module asks for. */
    @Test
    void importsOfAnotherSignatureAreRefused() {
        GuestCode code =
                load(
                        """
                        (import "env" "a" (func (param i32 i64) (result i32)))
                        (import "env" "b" (func (param f32 f64)))
                        (import "other" "a" (func (result i64)))
                        """);
        List<HostImport> sound = imports(code.info(), new Random(1));
        Fuzz fuzz = new Fuzz();
        while (fuzz.goesOn(1) && fuzz.seed() < 20_000) {
            Random random = fuzz.random();
            List<HostImport> given = new ArrayList<>(sound);
            int at = random.nextInt(given.size());
            HostImport one = given.get(at);
            HostImport other =
                    new HostImport(
                            random.nextInt(4) == 0 ? "env" : one.module(),
                            random.nextInt(4) == 0 ? "a" : one.name(),
                            random.nextInt(4) == 0 ? one.signature() : signature(random),
                            one.function());
            given.set(at, other);
            boolean same =
                    sound.stream()
                            .allMatch(
                                    s ->
                                            last(given, s)
                                                    .filter(
                                                            g ->
                                                                    g.signature()
                                                                            .equals(s.signature()))
                                                    .isPresent());
            try {
                code.instantiate(given, Quota.pages(1), TIGHT).close();
                assertTrue(same, () -> fuzz + ": accepted " + given);
            } catch (PluginException e) {
                assertTrue(!same, () -> fuzz + ": refused " + given);
                assertTrue(
                        e.code() == ErrorCode.IMPORT_SIGNATURE
                                || e.code() == ErrorCode.IMPORT_UNKNOWN,
                        e.getMessage());
            }
        }
    }

    /** Of several that have one name the last counts. */
    private static Optional<HostImport> last(List<HostImport> given, HostImport wanted) {
        return given.stream()
                .filter(g -> g.module().equals(wanted.module()) && g.name().equals(wanted.name()))
                .reduce((a, b) -> b);
    }

    private static FunctionSignature signature(Random random) {
        List<ValueType> types = List.of(ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64);
        List<ValueType> parameters = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parameters.add(types.get(random.nextInt(types.size())));
        }
        return new FunctionSignature(
                parameters,
                random.nextBoolean() ? List.of() : List.of(types.get(random.nextInt(4))));
    }

    @Test
    void spoiltModulesAreRefusedOrRun() throws IOException {
        ModuleCorpus corpus = new ModuleCorpus();
        Map<String, Integer> ends = new TreeMap<>();
        Fuzz fuzz = new Fuzz();
        while (fuzz.goesOn(LEAST)) {
            Random random = fuzz.random();
            byte[] module = corpus.spoilt(random);
            Stage stage = attempt(module, random, fuzz.toString());
            ends.merge(stage == null ? "refused" : stage.name(), 1, Integer::sum);
        }
        // Else nothing but the scan would be tried.
        assertTrue(
                ends.getOrDefault("refused", 0) > 20 && ends.getOrDefault("CALLED", 0) > 20,
                ends::toString);
    }

    /** How far it came, or null where it was refused at once. */
    private Stage attempt(byte[] module, Random random, String where) throws IOException {
        Path file = Path.of("target/fuzz-failed/last.wasm");
        Files.createDirectories(file.getParent());
        // Before it is tried: it might take the whole JVM along.
        Files.write(file, module);
        try {
            return thread.submit(() -> boundedly(module, random))
                    .get(SECONDS_FOR_ONE, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("hangs: " + keep(file) + ", " + where, e);
        } catch (ExecutionException e) {
            throw new AssertionError(keep(file) + ", " + where + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }

    private static Path keep(Path last) throws IOException {
        Path kept =
                last.resolveSibling(
                        Integer.toHexString(Arrays.hashCode(Files.readAllBytes(last))) + ".wasm");
        Files.copy(last, kept, StandardCopyOption.REPLACE_EXISTING);
        return kept;
    }

    private Stage boundedly(byte[] module, Random random) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Stage stage = through(module, random);
        long took = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(took < BYTES_FOR_ONE, "allocated " + took + " bytes");
        return stage;
    }

    private Stage through(byte[] module, Random random) {
        Stage stage = null;
        try {
            ModuleInfo info = engine().inspect(WHO, module);
            stage = Stage.INSPECTED;
            CompiledModule compiled = engine().compile(WHO, module);
            assertEquals(info, withSections(compiled.info(), info));
            stage = Stage.COMPILED;
            GuestCode code =
                    engine().load(WHO, compiled.module(), new MapClassLoader(compiled.classes()));
            Guest guest = code.instantiate(imports(info, random), Quota.pages(200), TIGHT);
            stage = Stage.INSTANTIATED;
            guest.close();
            for (Map.Entry<String, FunctionSignature> export : code.exports().entrySet()) {
                if (export.getValue().results().size() <= 1) {
                    call(code, info, export.getKey(), export.getValue(), random);
                }
            }
            return Stage.CALLED;
        } catch (PluginException refused) {
            assertEquals(WHO, refused.plugin());
            return stage;
        }
    }

    /** Contents of custom sections are arrays, and compare by identity. */
    private static ModuleInfo withSections(ModuleInfo info, ModuleInfo other) {
        return new ModuleInfo(
                info.imports(),
                info.exports(),
                info.hasMemory(),
                info.memoryMinPages(),
                info.memoryMaxPages(),
                other.customSections());
    }

    private static void call(
            GuestCode code,
            ModuleInfo info,
            String name,
            FunctionSignature signature,
            Random random) {
        Quota quota = Quota.pages(200);
        Guest guest = null;
        try {
            Guest made = code.instantiate(imports(info, random), quota, TIGHT);
            guest = made;
            long[] arguments =
                    signature.parameters().stream()
                            .mapToLong(
                                    p ->
                                            random.nextBoolean()
                                                    ? random.nextInt(64)
                                                    : random.nextLong())
                            .toArray();
            made.run(TIGHT, () -> made.function(name).call(arguments));
        } catch (PluginException ended) {
            assertEquals(WHO, ended.plugin());
        } finally {
            if (guest != null) {
                guest.close();
            }
        }
        assertEquals(0, quota.taken());
    }

    private static List<HostImport> imports(ModuleInfo info, Random random) {
        List<HostImport> imports = new ArrayList<>();
        for (ModuleInfo.FunctionImport i : info.imports()) {
            imports.add(
                    new HostImport(
                            i.module(), i.name(), i.signature(), (guest, a) -> random.nextInt(9)));
        }
        return imports;
    }
}
