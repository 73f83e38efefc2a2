package io.trinity.canonical.abi;

import org.jspecify.annotations.Nullable;

/**
 * A value of a variant.
 *
 * @param tag index of the case, from 0
 * @param payload null exactly for a case without one
 */
public record VariantValue(int tag, @Nullable Object payload) {}
