package io.trinity.api.engine;

import java.util.List;
import java.util.stream.Collectors;

/** Parameter and result types of a core WebAssembly function. */
public record FunctionSignature(List<ValueType> parameters, List<ValueType> results) {
    public FunctionSignature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /**
     * Types of core values. {@code REF} stands for any reference, which the contract never uses.
     */
    public enum ValueType {
        I32,
        I64,
        F32,
        F64,
        REF
    }

    /** {@code (i32 i32) -> (i32)}, as the text format orders it. */
    @Override
    public String toString() {
        return text(parameters) + " -> " + text(results);
    }

    private static String text(List<ValueType> types) {
        return types.stream()
                .map(t -> t.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(" ", "(", ")"));
    }
}
