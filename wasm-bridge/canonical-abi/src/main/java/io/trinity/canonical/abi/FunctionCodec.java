package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import org.jspecify.annotations.Nullable;

/**
 * What import and export of a function have in common: its codecs, and whether they go through
 * memory.
 */
final class FunctionCodec {
    final String name;
    final CoreSignature signature;
    final ProductCodec parameters;
    final boolean parametersInMemory;
    final @Nullable Codec result;

    /**
     * @throws BindingException where the Java function is not what WIT says
     */
    FunctionCodec(WitFunction function, CoreSignature signature, JavaFunction java) {
        this.name = function.qualifiedName();
        this.signature = signature;
        this.parameters =
                ProductCodec.ofParameters(function.parameters(), java.parametersOf(function));
        this.parametersInMemory = parameters.flatCount > CoreSignature.MAX_FLAT_PARAMS;
        this.result = java.resultOf(function);
    }

    Object[] liftParameters(LiftCall call, long[] core) {
        if (!parametersInMemory) {
            return parameters.liftFields(call, core, 0);
        }
        int address = (int) core[0];
        call.requireRange(
                address, parameters.size, parameters.alignment, "the tuple of parameters");
        return parameters.loadFields(call, address);
    }

    long[] lowerParameters(LowerCall call, Object[] arguments) {
        if (!parametersInMemory) {
            long[] core = new long[parameters.flatCount];
            parameters.lowerFlat(call, core, 0, arguments);
            return core;
        }
        int address =
                call.allocate(
                        parameters.size,
                        parameters.alignment,
                        "the memory that cabi_realloc gave for the tuple of parameters");
        parameters.store(call, address, arguments);
        return new long[] {address};
    }

    Object liftResult(Codec type, LiftCall call, long core) {
        if (!signature.hasReturnArea()) {
            return type.liftFlat(call, new long[] {core}, 0);
        }
        call.requireRange((int) core, type.size, type.alignment, "the return area");
        return type.load(call, (int) core);
    }

    /** Returns the core result, or 0 where the value went into the return area. */
    long lowerResult(Codec type, LowerCall call, int area, Object value) {
        if (signature.hasReturnArea()) {
            requireArea(call.memory.sizeBytes(), area);
            type.store(call, area, value);
            return 0;
        }
        long[] core = new long[1];
        type.lowerFlat(call, core, 0, value);
        return core[0];
    }

    /** Refuses a return area that is not aligned or not within memory. */
    void requireArea(long memoryBytes, int area) {
        LiftCall.requireRange(
                memoryBytes,
                area,
                signature.returnAreaSize(),
                signature.returnAreaAlign(),
                "the return area");
    }
}
