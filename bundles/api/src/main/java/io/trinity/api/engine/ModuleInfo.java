package io.trinity.api.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a module is made of, read from its sections.
 *
 * @param imports functions that it imports, in index order
 * @param exports functions that it exports
 * @param hasMemory whether it has a memory and exports it under the name {@code memory}
 * @param memoryMinPages pages of 64 KiB that its memory begins with; 0 without memory
 * @param memoryMaxPages most pages that it declares; 65,536 where it declares none
 * @param customSections contents of its custom sections by name; of two with one name the first
 */
public record ModuleInfo(
        List<FunctionImport> imports,
        Map<String, FunctionSignature> exports,
        boolean hasMemory,
        int memoryMinPages,
        int memoryMaxPages,
        Map<String, byte[]> customSections) {
    public ModuleInfo {
        imports = List.copyOf(imports);
        exports = Map.copyOf(exports);
        customSections = Map.copyOf(customSections);
    }

    /** An imported function. */
    public record FunctionImport(String module, String name, FunctionSignature signature) {}

    /** The first custom section of that name. */
    public Optional<byte[]> customSection(String name) {
        return Optional.ofNullable(customSections.get(name));
    }
}
