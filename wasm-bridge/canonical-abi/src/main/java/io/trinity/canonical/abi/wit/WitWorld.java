package io.trinity.canonical.abi.wit;

import java.util.List;
import java.util.Optional;

/**
 * A world.
 *
 * @param docs the {@code ///} lines before it, joined by line feeds; empty if there are none
 * @param types those brought in by {@code use} first, then its own, each in the order of the text
 * @param includes the worlds that it names, in the order of the text
 * @param imports the interfaces that it names itself
 * @param exports the functions that it names itself
 * @param allImports its own and those of all worlds it includes, directly or not; no interface
 *     twice
 * @param allExports its own and those of all worlds it includes, directly or not; names are
 *     distinct
 */
public record WitWorld(
        String name,
        String docs,
        List<WitDefinition> types,
        List<String> includes,
        List<String> imports,
        List<WitFunction> exports,
        List<String> allImports,
        List<WitFunction> allExports) {

    public WitWorld {
        types = List.copyOf(types);
        includes = List.copyOf(includes);
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
        allImports = List.copyOf(allImports);
        allExports = List.copyOf(allExports);
    }

    /** The export of that name, its own or an included one, if there is one. */
    public Optional<WitFunction> export(String functionName) {
        return allExports.stream()
                .filter(function -> function.name().equals(functionName))
                .findFirst();
    }

    /** The type known here by that name, if there is one; included worlds bring in none. */
    public Optional<WitType> type(String typeName) {
        return types.stream()
                .filter(type -> type.name().equals(typeName))
                .map(WitDefinition::type)
                .findFirst();
    }
}
