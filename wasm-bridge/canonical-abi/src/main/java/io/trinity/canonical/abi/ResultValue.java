package io.trinity.canonical.abi;

import org.jspecify.annotations.Nullable;

/**
 * A value of {@code result<ok, error>}.
 *
 * @param failed whether {@code value} is the error
 * @param value null exactly where that side has no type
 */
public record ResultValue(boolean failed, @Nullable Object value) {

    /** Success. */
    public static ResultValue ok(@Nullable Object value) {
        return new ResultValue(false, value);
    }

    /** Failure. */
    public static ResultValue error(@Nullable Object value) {
        return new ResultValue(true, value);
    }
}
