package io.trinity.canonical.abi.wit;

import java.util.List;
import java.util.Optional;

/**
 * An interface.
 *
 * @param docs the {@code ///} lines before it, joined by line feeds; empty if there are none
 * @param types those brought in by {@code use} first, then its own, each in the order of the text
 * @param functions in the order of the text
 */
public record WitInterface(
        String name, String docs, List<WitDefinition> types, List<WitFunction> functions) {

    public WitInterface {
        types = List.copyOf(types);
        functions = List.copyOf(functions);
    }

    /** The function of that name, if there is one. */
    public Optional<WitFunction> function(String functionName) {
        return functions.stream()
                .filter(function -> function.name().equals(functionName))
                .findFirst();
    }

    /** The type known here by that name, if there is one. */
    public Optional<WitType> type(String typeName) {
        return types.stream()
                .filter(type -> type.name().equals(typeName))
                .map(WitDefinition::type)
                .findFirst();
    }
}
