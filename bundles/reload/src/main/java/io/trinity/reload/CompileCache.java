package io.trinity.reload;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.ModuleInfo;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Modules that were compiled lately, by the digest of their file: a version that comes back is not
 * compiled again. In memory, bounded in bytes; what was not used for longest goes first.
 * Thread-safe.
 */
final class CompileCache {
    private final Map<String, CompiledModule> modules = new LinkedHashMap<>(16, 0.75f, true);
    private final LongSupplier maxBytes;
    private long heldBytes;

    /**
     * @param maxBytes of class files, modules and their custom sections together; 0 keeps nothing
     */
    CompileCache(LongSupplier maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The module of a digest, if it was compiled lately. */
    synchronized Optional<CompiledModule> known(String digest) {
        return Optional.ofNullable(modules.get(digest));
    }

    /** The module of a digest, compiled where it is not known. What that throws passes through. */
    CompiledModule get(String digest, Supplier<CompiledModule> compiler) {
        Optional<CompiledModule> known = known(digest);
        if (known.isPresent()) {
            return known.get();
        }
        // Not under the lock: what takes long to compile holds up nobody else.
        CompiledModule made = compiler.get();
        keep(digest, made);
        return made;
    }

    /**
     * What a file is made of. Parsing and validating a large module takes longer than all else that
     * a warm reload does.
     */
    ModuleInfo inspect(Engine engine, PluginFile file) {
        return known(file.digest())
                .map(CompiledModule::info)
                .orElseGet(() -> engine.inspect(PluginFile.ref(file.path()), file.bytes()));
    }

    private synchronized void keep(String digest, CompiledModule made) {
        long size = bytes(made);
        if (size <= maxBytes.getAsLong() && modules.putIfAbsent(digest, made) == null) {
            heldBytes += size;
            shrink();
        }
    }

    private void shrink() {
        Iterator<CompiledModule> oldest = modules.values().iterator();
        while (heldBytes > maxBytes.getAsLong() && oldest.hasNext()) {
            heldBytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    /** Custom sections too: what a stranger put there may be a thousand times the code. */
    private static long bytes(CompiledModule m) {
        return m.module().bytes().length
                + lengths(m.classes().values())
                + lengths(m.info().customSections().values());
    }

    private static long lengths(Collection<byte[]> arrays) {
        return arrays.stream().mapToLong(a -> a.length).sum();
    }
}
