package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values of a function that a guest calls: its arguments are lifted out of the guest, its result is
 * lowered into it.
 *
 * <p>Immutable; all threads may use it at once. The table of Java values and what the longs mean
 * stands with the package.
 */
public final class ImportCodec {
    private final FunctionCodec function;
    private final LiftBudget budget;

    private ImportCodec(WitFunction function, LiftBudget budget, JavaFunction java) {
        this.function = new FunctionCodec(function, CoreSignature.ofImport(function), java);
        this.budget = budget;
    }

    /** With the default budget. */
    public static ImportCodec of(WitFunction function) {
        return of(function, LiftBudget.DEFAULT);
    }

    /**
     * Builds it; expensive enough to do it once per function.
     *
     * @param budget for the arguments of one call
     */
    public static ImportCodec of(WitFunction function, LiftBudget budget) {
        return new ImportCodec(function, budget, JavaFunction.ANY);
    }

    /**
     * Builds it for a Java function: the values are of that one's types.
     *
     * @throws BindingException with the first difference between the two
     */
    public static ImportCodec of(WitFunction function, JavaFunction java) {
        return new ImportCodec(function, LiftBudget.DEFAULT, java);
    }

    /** The core type that the guest must import it with. */
    public CoreSignature signature() {
        return function.signature;
    }

    /**
     * Lifts the arguments, each copied: later changes of the memory do not change them. If there is
     * a return area, its address is checked here too, so that the host does not act for a guest
     * that cannot be told the result.
     *
     * @param coreArgs as many as {@link #signature()} has; not changed
     * @return one value for each parameter
     * @throws GuestAbiException if the guest broke the canonical ABI
     * @throws IllegalArgumentException if the number of core arguments is wrong
     */
    public Object[] liftArguments(LinearMemory memory, long[] coreArgs) {
        requireCount(coreArgs);
        try {
            LiftCall call = new LiftCall(memory, budget, Handles.NONE);
            if (function.signature.hasReturnArea()) {
                function.requireArea(memory.sizeBytes(), area(coreArgs));
            }
            return function.liftParameters(call, coreArgs);
        } catch (AbiFault fault) {
            throw fault.in(function.name);
        }
    }

    /**
     * Lowers the result, into the return area if there is one.
     *
     * @param coreArgs those that {@link #liftArguments} was given
     * @param result null exactly if the function has none
     * @return the core result; 0 if it has none or is in the return area
     * @throws GuestAbiException if the return area or what {@code realloc} returned is not in the
     *     guest's memory or not aligned
     * @throws IllegalArgumentException if {@code result} does not fit the function's type, or the
     *     number of core arguments is wrong
     */
    public long lowerResult(
            LinearMemory memory, Realloc realloc, long[] coreArgs, @Nullable Object result) {
        requireCount(coreArgs);
        Codec type = function.result;
        if (type == null || result == null) {
            if (type != null || result != null) {
                throw new IllegalArgumentException(
                        function.name
                                + ": "
                                + (type == null
                                        ? "has no result, but one is given"
                                        : "result: null"));
            }
            return 0;
        }
        try {
            int area = function.signature.hasReturnArea() ? area(coreArgs) : 0;
            return function.lowerResult(
                    type, new LowerCall(memory, realloc, Handles.NONE), area, result);
        } catch (AbiFault fault) {
            throw fault.in(function.name);
        }
    }

    private void requireCount(long[] coreArgs) {
        int expected = function.signature.params().size();
        if (coreArgs.length != expected) {
            throw new IllegalArgumentException(
                    function.name
                            + ": takes "
                            + expected
                            + " core arguments, not "
                            + coreArgs.length);
        }
    }

    private static int area(long[] coreArgs) {
        return (int) coreArgs[coreArgs.length - 1];
    }
}
