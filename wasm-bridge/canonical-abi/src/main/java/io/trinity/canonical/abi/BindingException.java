package io.trinity.canonical.abi;

/**
 * A Java type is not what WIT says. The message is a sentence that names the function, the place in
 * it and both types: a bug of whoever wrote the Java type.
 */
public final class BindingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The difference, as a sentence. */
    public BindingException(String difference) {
        super(difference);
    }
}
