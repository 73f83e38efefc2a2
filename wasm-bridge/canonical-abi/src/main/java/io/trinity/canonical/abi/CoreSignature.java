package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The core function type of a WIT function.
 *
 * <p>Up to 16 flat parameters are passed as they are, more as one pointer to a tuple of them. A
 * result of one core value is returned as it is. A larger one lies in a <i>return area</i> in the
 * guest's memory: for an import, the guest passes its address as the last parameter and nothing is
 * returned; for an export, the guest returns its address.
 *
 * @param returnAreaSize bytes; 0 if there is no area
 * @param returnAreaAlign bytes; 1 if there is no area
 */
public record CoreSignature(
        List<CoreType> params, List<CoreType> results, int returnAreaSize, int returnAreaAlign) {
    static final int MAX_FLAT_PARAMS = 16;
    static final int MAX_FLAT_RESULTS = 1;

    public CoreSignature {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    /**
     * For a function that the guest calls. Source: Canonical ABI, section Flattening, context
     * lower.
     */
    public static CoreSignature ofImport(WitFunction function) {
        return of(function, true);
    }

    /**
     * For a function that the guest offers. Source: Canonical ABI, section Flattening, context
     * lift.
     */
    public static CoreSignature ofExport(WitFunction function) {
        return of(function, false);
    }

    /** Whether the result lies in a return area. */
    public boolean hasReturnArea() {
        return returnAreaSize > 0;
    }

    private static CoreSignature of(WitFunction function, boolean isImport) {
        List<CoreType> params = new ArrayList<>();
        function.parameters()
                .forEach(parameter -> params.addAll(Layout.of(parameter.type()).flat()));
        if (params.size() > MAX_FLAT_PARAMS) {
            params.clear();
            params.add(CoreType.I32);
        }
        if (function.result().isEmpty()) {
            return new CoreSignature(params, List.of(), 0, 1);
        }
        Layout result = Layout.of(function.result().get());
        if (result.flat().size() <= MAX_FLAT_RESULTS) {
            return new CoreSignature(params, result.flat(), 0, 1);
        }
        if (isImport) {
            params.add(CoreType.I32);
            return new CoreSignature(params, List.of(), result.size(), result.alignment());
        }
        return new CoreSignature(params, List.of(CoreType.I32), result.size(), result.alignment());
    }
}
