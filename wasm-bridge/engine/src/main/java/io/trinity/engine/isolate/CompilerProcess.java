package io.trinity.engine.isolate;

import io.trinity.engine.admit.Refused;
import io.trinity.engine.compile.ModuleCompiler;
import io.trinity.worker.Frame;
import io.trinity.worker.WorkerLoop;
import java.util.Locale;

/** The process's side: started with {@link BundleJars} or the like as its class path. */
public final class CompilerProcess {
    private CompilerProcess() {}

    /** Answers modules with their classes until the host ends. */
    public static void main(String[] arguments) {
        // What it says is the host's to read, whatever the system's language is.
        Locale.setDefault(Locale.ROOT);
        ModuleCompiler compiler = new ModuleCompiler();
        WorkerLoop.start(
                ModuleCompiler.BUILD, Messages.MODULE_BYTES, asked -> answer(compiler, asked));
    }

    private static Frame answer(ModuleCompiler compiler, Frame asked) {
        if (asked.kind() != Messages.COMPILE) {
            throw new IllegalArgumentException("a question of kind " + asked.kind());
        }
        try {
            return Messages.classes(compiler.classes(asked.content()));
        } catch (Refused e) {
            return Messages.refused(e);
        }
    }
}
