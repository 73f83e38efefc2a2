package io.trinity.api.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A module as metered and verified JVM classes.
 *
 * @param info what the module is made of
 * @param module everything but the classes
 * @param classes class files by binary name ({@code io.trinity.guest.code.Module}), in name order;
 *     all in one package. The arrays are not copied and must not be changed.
 */
public record CompiledModule(
        ModuleInfo info, StrippedModule module, SortedMap<String, byte[]> classes) {
    public CompiledModule {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    }
}
