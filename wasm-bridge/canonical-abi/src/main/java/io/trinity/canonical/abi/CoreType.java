package io.trinity.canonical.abi;

/** A value type of core WebAssembly that the canonical ABI uses. */
public enum CoreType {
    I32,
    I64,
    F32,
    F64;

    /** The type that can carry either (Canonical ABI, section Flattening, {@code join}). */
    CoreType join(CoreType other) {
        if (this == other) {
            return this;
        }
        return isNarrow() && other.isNarrow() ? I32 : I64;
    }

    /** Whether it has 32 bits. */
    boolean isNarrow() {
        return this == I32 || this == F32;
    }
}
