package io.trinity.engine.compile;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.engine.admit.Admitted;
import io.trinity.engine.admit.ModuleScan;
import io.trinity.engine.admit.Printable;
import io.trinity.engine.admit.Refused;
import io.trinity.engine.verify.ClassVerifier;
import io.trinity.engine.verify.LinkCheck;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;

/**
 * From an admitted module to verified classes: Chicory compiles, {@link Rewriter} meters, {@link
 * ClassVerifier} has the last word.
 */
public final class ModuleCompiler {
    /**
     * Identity of what decides the bytes of compiled classes. Raise it with every change of the
     * bytes that are compiled from the same module. Stands in bnd.bnd too.
     */
    public static final String BUILD = "chicory-1.7.5+meter-7";

    /** Functions in one class, before Chicory halves it where a class becomes too large. */
    private static final int FUNCTIONS_PER_CLASS = 4_096;

    private static final int LARGEST_METHOD = 65_535;

    /**
     * The classes of a module, metered and verified.
     *
     * @throws Refused as the scan, MODULE_MALFORMED, LIMIT_MODULE
     */
    public SortedMap<String, byte[]> classes(byte[] module) {
        Admitted admitted = ModuleScan.scan(module);
        // The parser never sees a custom section.
        WasmModule parsed = Parsed.of(ModuleBytes.withoutCustomSections(module, admitted));
        SortedMap<String, byte[]> classes;
        try {
            classes = meteredClasses(parsed);
        } catch (ChicoryException | MethodTooLargeException | ClassTooLargeException e) {
            throw tooLarge(e);
        } catch (StackOverflowError | LinkageError | IndexOutOfBoundsException e) {
            // ASM's own way to fail at more operands than the JVM has room for.
            throw cannotCompile(e);
        }
        ClassVerifier.verify(classes);
        LinkCheck.link(classes);
        return classes;
    }

    /** Its types, imports, functions, memories, globals and exports. */
    public byte[] outline(byte[] module, Admitted admitted) {
        return ModuleBytes.outline(module, admitted);
    }

    /** What is kept of a module besides its classes. */
    public StrippedModule stripped(byte[] module, Admitted admitted) {
        return new StrippedModule(
                ModuleBytes.withoutBodies(module, admitted), Layout.mainClass(), BUILD);
    }

    private SortedMap<String, byte[]> meteredClasses(WasmModule module) {
        int perClass = FUNCTIONS_PER_CLASS;
        while (true) {
            Map<String, byte[]> unmetered = ChicoryOutput.of(module, perClass);
            try {
                return new Rewriter(BUILD, called(module), perClass).rewrite(unmetered);
            } catch (ClassTooLargeException e) {
                // Counting takes constants too: what just fitted for Chicory may not for us.
                perClass /= 2;
                if (perClass == 0) {
                    throw e;
                }
            }
        }
    }

    /** Functions that are entered from outside: exports, and the start function. */
    private static Set<Integer> called(WasmModule module) {
        Set<Integer> called = new TreeSet<>();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                called.add(export.index());
            }
        }
        module.startSection().ifPresent(start -> called.add((int) start.startIndex()));
        return called;
    }

    private static RuntimeException tooLarge(RuntimeException e) {
        for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof MethodTooLargeException m) {
                return Refused.limit(
                        "bytes of JVM code of " + m.getMethodName(),
                        m.getCodeSize(),
                        LARGEST_METHOD);
            }
            if (t instanceof ClassTooLargeException c) {
                return Refused.limit(
                        "constants of JVM class " + c.getClassName(),
                        c.getConstantPoolCount(),
                        LARGEST_METHOD);
            }
        }
        return cannotCompile(e);
    }

    private static Refused cannotCompile(Throwable e) {
        return new Refused(
                ErrorCode.LIMIT_MODULE,
                "cannot be compiled: " + Printable.of(e.toString()),
                "report the module that does this");
    }
}
