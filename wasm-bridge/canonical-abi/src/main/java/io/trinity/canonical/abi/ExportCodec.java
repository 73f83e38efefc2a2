package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values of a function that a guest offers: its arguments are lowered into the guest, its result is
 * lifted out of it.
 *
 * <p>Immutable; all threads may use it at once. The table of Java values and what the longs mean
 * stands with the package.
 */
public final class ExportCodec {
    private final FunctionCodec function;
    private final LiftBudget budget;

    private ExportCodec(WitFunction function, LiftBudget budget, JavaFunction java) {
        this.function = new FunctionCodec(function, CoreSignature.ofExport(function), java);
        this.budget = budget;
    }

    /** With the default budget. */
    public static ExportCodec of(WitFunction function) {
        return of(function, LiftBudget.DEFAULT);
    }

    /**
     * Builds it; expensive enough to do it once per function.
     *
     * @param budget for the result of one call
     */
    public static ExportCodec of(WitFunction function, LiftBudget budget) {
        return new ExportCodec(function, budget, JavaFunction.ANY);
    }

    /**
     * Builds it for a Java function: the values are of that one's types.
     *
     * @throws BindingException with the first difference between the two
     */
    public static ExportCodec of(WitFunction function, JavaFunction java) {
        return new ExportCodec(function, LiftBudget.DEFAULT, java);
    }

    /** The core type that the guest must export it with. */
    public CoreSignature signature() {
        return function.signature;
    }

    /**
     * Lowers the arguments. Memory had from {@code realloc} is the guest's from then on, also if
     * this fails.
     *
     * @param arguments one value for each parameter
     * @return what to call the core function with
     * @throws GuestAbiException if what {@code realloc} returned is not in the guest's memory or
     *     not aligned
     * @throws IllegalArgumentException if the arguments do not fit the function's parameters
     */
    public long[] lowerArguments(LinearMemory memory, Realloc realloc, Object... arguments) {
        return lowerArguments(memory, realloc, Handles.NONE, arguments);
    }

    /**
     * As {@link #lowerArguments(LinearMemory, Realloc, Object...)}, with handles for the objects
     * among them.
     */
    public long[] lowerArguments(
            LinearMemory memory, Realloc realloc, Handles handles, Object[] arguments) {
        try {
            return function.lowerParameters(new LowerCall(memory, realloc, handles), arguments);
        } catch (AbiFault fault) {
            throw fault.in(function.name);
        }
    }

    /**
     * Lifts the result, copied: the guest may reclaim it in {@code cabi_post_…} at once.
     *
     * @param coreResult what the core function returned; ignored if it returns nothing
     * @return null exactly if the function has no result
     * @throws GuestAbiException if the guest broke the canonical ABI
     */
    public @Nullable Object liftResult(LinearMemory memory, long coreResult) {
        return liftResult(memory, Handles.NONE, coreResult);
    }

    /**
     * As {@link #liftResult(LinearMemory, long)}, with the objects that the handles in it stand
     * for.
     */
    public @Nullable Object liftResult(LinearMemory memory, Handles handles, long coreResult) {
        Codec type = function.result;
        if (type == null) {
            return null;
        }
        try {
            return function.liftResult(type, new LiftCall(memory, budget, handles), coreResult);
        } catch (AbiFault fault) {
            throw fault.in(function.name);
        }
    }
}
