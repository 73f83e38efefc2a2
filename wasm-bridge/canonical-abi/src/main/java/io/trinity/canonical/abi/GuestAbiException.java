package io.trinity.canonical.abi;

/**
 * A guest broke the canonical ABI: a pointer or length outside its memory, a pointer that is not
 * aligned, text that is not UTF-8, a tag or char that does not exist, more than the {@link
 * LiftBudget} allows, or nonsense from {@code cabi_realloc}. The message names function, path,
 * address, length and the size of the memory.
 *
 * <p>The host is unharmed: a lift has changed nothing, a lower may have written part of a value
 * into the guest. The call is to be treated as a trap.
 */
public sealed class GuestAbiException extends RuntimeException permits InvalidValueException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final String path;
    private final String problem;

    GuestAbiException(String function, String path, String problem) {
        super(function + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
        this.function = function;
        this.path = path;
        this.problem = problem;
    }

    /** Interface or world and name, {@code streams.push}. */
    public String function() {
        return function;
    }

    /**
     * Where in the parameters or the result, {@code chunks[3].payload}; empty if it is about all of
     * them.
     */
    public String path() {
        return path;
    }

    /** What is wrong there. */
    public String problem() {
        return problem;
    }
}
