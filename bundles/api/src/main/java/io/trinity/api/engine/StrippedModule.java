package io.trinity.api.engine;

import java.util.Objects;

/**
 * What is kept of a compiled module besides its classes.
 *
 * @param bytes the module without the bodies of its functions: types, imports, memories, tables,
 *     globals, exports, segments; not copied, must not be changed
 * @param mainClass binary name of the entry class among the compiled classes
 * @param build {@link Engine#build()} of the engine that compiled it
 */
public record StrippedModule(byte[] bytes, String mainClass, String build) {
    public StrippedModule {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(mainClass, "mainClass");
        Objects.requireNonNull(build, "build");
    }
}
