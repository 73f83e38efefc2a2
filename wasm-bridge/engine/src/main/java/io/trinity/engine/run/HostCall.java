package io.trinity.engine.run;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import io.trinity.api.engine.GuestCode.HostFunction;
import io.trinity.api.plugin.PluginException;

/** The border from guest to host: what the host throws is never taken for the guest's. */
final class HostCall implements WasmFunctionHandle {
    private final RunningGuest guest;
    private final String name;
    private final HostFunction function;

    HostCall(RunningGuest guest, String name, HostFunction function) {
        this.guest = guest;
        this.name = name;
        this.function = function;
    }

    @Override
    public long[] apply(Instance instance, long... arguments) {
        long result;
        try {
            result = function.call(guest, arguments);
        } catch (PluginException | HostFault e) {
            throw e;
        } catch (RuntimeException e) {
            throw new HostFault(name, e);
        }
        // A host function that called back into the guest may have caught the guest's failure.
        guest.rethrowFailure();
        guest.hostReturned();
        return new long[] {result};
    }
}
