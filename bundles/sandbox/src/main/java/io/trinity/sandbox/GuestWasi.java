package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.wasi.WasiHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one guest's WASI may do: what the guest's own imports of the contract may, by the same
 * functions.
 */
final class GuestWasi implements WasiHost {
    /** Levels of interface {@code log}. */
    private static final int INFO = 2;

    private static final int WARN = 3;

    private final GuestState state;
    private final boolean usesFiles;
    private final HostFunction log;
    private final BiFunction<String, String, HostFunction> functions;
    private final Map<String, HostFunction> found = new HashMap<>();

    /**
     * @param usesFiles whether the plugin's manifest declares a capability for files
     * @param log interface {@code log}
     * @param functions the function of an interface by both their names, behind its grant; asked
     *     once for each
     */
    GuestWasi(
            GuestState state,
            boolean usesFiles,
            HostFunction log,
            BiFunction<String, String, HostFunction> functions) {
        this.state = state;
        this.usesFiles = usesFiles;
        this.log = log;
        this.functions = functions;
    }

    @Override
    public PluginRef plugin() {
        return state.plugin();
    }

    @Override
    public boolean usesFiles() {
        return usesFiles;
    }

    /** Counted too, beside the call of WASI that led here: one of those may need several. */
    @Override
    public @Nullable Object call(String interfaceName, String function, Object... arguments)
            throws HostFailure {
        String name = interfaceName + "." + function;
        state.countHostCall(name);
        return found.computeIfAbsent(name, n -> functions.apply(interfaceName, function))
                .call(state, arguments);
    }

    @Override
    public void line(boolean error, String text) {
        try {
            log.call(state, new Object[] {error ? WARN : INFO, text, List.of()});
        } catch (HostFailure e) {
            throw new IllegalStateException("the log does not fail", e);
        }
    }

    @Override
    public void spend(String function, long nanos) {
        state.spend("wasi." + function, nanos);
    }

    @Override
    public void sleep(String function, long nanos) throws InterruptedException {
        state.sleep("wasi." + function, nanos);
    }

    @Override
    public long cpuNanosUsed() {
        return state.cpuNanosUsed();
    }

    @Override
    public MemoryQuota memory() {
        return state.memory();
    }
}
