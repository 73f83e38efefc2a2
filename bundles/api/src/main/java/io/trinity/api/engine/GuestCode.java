package io.trinity.api.engine;

import io.trinity.api.plugin.PluginException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Compiled code, linked to a class loader and ready for any number of instances. Thread-safe. */
@ProviderType
public interface GuestCode {
    /** What the module is made of; custom sections may have been left out. */
    ModuleInfo info();

    /** The functions that the module exports. */
    default Map<String, FunctionSignature> exports() {
        return info().exports();
    }

    /**
     * Makes a new instance: own memory, globals and tables; active segments are written and a start
     * function and {@code _initialize} run within the budget.
     *
     * @param imports one for each import of the module, in any order
     * @param quota asked before memory or tables are taken, told when they are given back
     * @param budget for the start function, {@code _initialize} and segments
     * @param begun told of the guest before any of its code runs, so that another thread may cancel
     *     that; nobody else may use it before this returns
     * @throws PluginException IMPORT_UNKNOWN when an import is missing, LIMIT_MEMORY, GUEST_TRAP,
     *     NOT_ACTIVE when it was cancelled, or a used-up budget
     */
    Guest instantiate(
            List<HostImport> imports,
            MemoryQuota quota,
            CallBudget budget,
            Consumer<? super Guest> begun);

    /** As the other, with nobody who would cancel it. */
    default Guest instantiate(List<HostImport> imports, MemoryQuota quota, CallBudget budget) {
        return instantiate(imports, quota, budget, guest -> {});
    }

    /** A function that the host links into a guest. */
    record HostImport(
            String module, String name, FunctionSignature signature, HostFunction function) {}

    /** The host's side of an imported function; runs on the thread of the call. */
    @FunctionalInterface
    interface HostFunction {
        /**
         * @param guest the calling guest
         * @param arguments core values: i32 zero-extended or sign-extended (callers must cut to 32
         *     bits), floats as raw bits
         * @return the core result in the same form; anything where the function has none
         */
        long call(Guest guest, long[] arguments);
    }
}
