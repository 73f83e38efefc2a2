package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.engine.admit.Refused;
import io.trinity.engine.compile.ModuleCompiler;
import io.trinity.engine.isolate.Compiler;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compilation in a process of its own. */
@Timeout(120)
class CompilerTest {
    private static final Compiler.Limits LIMITS = new Compiler.Limits(60_000, 128, 60_000);
    private static final byte[] ADDER =
            Wat2Wasm.parse(
                    "(module (func (export \"add\") (param i32 i32) (result i32)"
                            + " (i32.add (local.get 0) (local.get 1))))");

    @TempDir Path folder;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final List<Compiler> open = new ArrayList<>();
    private final ChicoryEngine engine = new ChicoryEngine();

    @AfterEach
    void end() {
        open.forEach(Compiler::close);
    }

    private Compiler compiler(List<Path> classpath, String build) {
        Compiler compiler = new Compiler(classpath, folder, build, log::add);
        open.add(compiler);
        return compiler;
    }

    private Compiler compiler(String build) {
        return compiler(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList(),
                build);
    }

    private Compiler compiler() {
        return compiler(ModuleCompiler.BUILD);
    }

    private CompiledModule compile(Compiler compiler, Compiler.Limits limits, byte[] module) {
        return engine.compile(EngineFixture.WHO, module, m -> compiler.classes(m, limits));
    }

    private PluginException refused(Compiler compiler, Compiler.Limits limits, byte[] module) {
        return assertThrows(
                PluginException.class, () -> compile(compiler, limits, module), log::toString);
    }

    /** Functions of nothing but additions. */
    private static byte[] sums(int functions, int additions) {
        StringBuilder wat = new StringBuilder("(module ");
        String body = " (local.set 0 (i32.add (local.get 0) (i32.const 1)))".repeat(additions);
        for (int i = 0; i < functions; i++) {
            wat.append("(func (export \"f").append(i).append("\") (local i32)").append(body);
            wat.append(')');
        }
        return Wat2Wasm.parse(wat.append(')').toString());
    }

    @Test
    void the_same_classes_come_out_as_in_process() {
        Compiler compiler = compiler();
        for (byte[] module : List.of(ADDER, sums(50, 20))) {
            CompiledModule here = engine.compile(EngineFixture.WHO, module);
            CompiledModule there = compile(compiler, LIMITS, module);
            assertEquals(here.info(), there.info());
            assertArrayEquals(here.module().bytes(), there.module().bytes());
            assertEquals(here.classes().keySet(), there.classes().keySet());
            here.classes().forEach((n, c) -> assertArrayEquals(c, there.classes().get(n)));
        }
        assertTrue(log.isEmpty(), log::toString);
    }

    @Test
    void a_refusal_is_the_one_that_is_given_in_process() {
        Compiler compiler = compiler();
        // Valid to the scan, not to the validator: it leaves an i64 where an i32 is due.
        byte[] invalid =
                Wat2Wasm.parse("(module (func (export \"f\") (result i32) (i32.const 7)))");
        invalid[invalid.length - 3] = 0x42;
        PluginException here =
                assertThrows(
                        PluginException.class, () -> engine.compile(EngineFixture.WHO, invalid));
        PluginException there = refused(compiler, LIMITS, invalid);
        assertEquals(ErrorCode.MODULE_MALFORMED, there.code());
        assertEquals(here.getMessage(), there.getMessage());
        assertEquals(1, compile(compiler, LIMITS, ADDER).info().exports().size());
    }

    @Test
    void time_is_a_limit_with_its_name_and_the_next_module_is_compiled() {
        Compiler compiler = compiler();
        PluginException e = refused(compiler, new Compiler.Limits(1, 128, 60_000), ADDER);
        assertEquals(ErrorCode.LIMIT_MODULE, e.code());
        assertTrue(e.getMessage().contains("compileMillis (now 1)"), e.getMessage());
        assertEquals(1, compile(compiler, LIMITS, ADDER).info().exports().size());
    }

    @Test
    void memory_is_a_limit_with_its_name_and_the_next_module_is_compiled() {
        Compiler compiler = compiler();
        PluginException e =
                refused(compiler, new Compiler.Limits(60_000, 32, 60_000), sums(1_000, 150));
        assertEquals(ErrorCode.LIMIT_MODULE, e.code(), e.getMessage());
        assertTrue(e.getMessage().contains("compileHeapMebibytes"), e.getMessage());
        assertEquals(1, compile(compiler, LIMITS, ADDER).info().exports().size());
    }

    @Test
    void a_process_that_cannot_be_or_is_of_another_build_is_named_with_the_way_around() {
        for (Compiler compiler :
                List.of(compiler(List.of(folder), ModuleCompiler.BUILD), compiler("another"))) {
            PluginException e = refused(compiler, LIMITS, ADDER);
            assertEquals(ErrorCode.COMPILER_FAILED, e.code());
            assertTrue(e.getMessage().contains("host's log"), e.getMessage());
        }
    }

    @Test
    void a_closed_compiler_says_so() {
        Compiler compiler = compiler();
        compiler.close();
        assertEquals(
                ErrorCode.COMPILER_FAILED,
                assertThrows(Refused.class, () -> compiler.classes(ADDER, LIMITS)).code());
    }
}
