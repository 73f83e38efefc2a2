package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo.FunctionImport;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.canonical.abi.GuestAbiException;
import io.trinity.canonical.abi.InvalidValueException;
import io.trinity.canonical.abi.LinearMemory;
import io.trinity.canonical.abi.Realloc;
import io.trinity.canonical.abi.ResultValue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a guest to a function of the contract: counts the call, asks whether the
 * capability is still granted, lifts, calls, lowers. One per import and guest.
 */
final class HostGate extends CountedCall {
    private final FunctionImport name;
    private final ContractCodecs.Import contract;
    private final GrantedFunction function;

    HostGate(
            FunctionImport name,
            String interfaceName,
            ContractCodecs.Import contract,
            HostFunction function,
            BooleanSupplier granted,
            Audit audit,
            GuestState state) {
        super(interfaceName + "." + name.name(), state);
        this.name = name;
        this.contract = contract;
        this.function =
                new GrantedFunction(
                        function(),
                        function,
                        Capability.ofInterface(interfaceName),
                        granted,
                        audit);
    }

    /** As the engine links it. */
    GuestCode.HostImport asImport() {
        return new GuestCode.HostImport(name.module(), name.name(), name.signature(), this);
    }

    @Override
    long serve(Guest guest, LinearMemory memory, long[] arguments) {
        GuestState state = state();
        try {
            Object result = result(memory, arguments);
            Realloc realloc =
                    (pointer, oldSize, alignment, size) ->
                            state.reallocate(guest, pointer, oldSize, alignment, size);
            return contract.codec().lowerResult(memory, realloc, arguments, result);
        } catch (GuestAbiException e) {
            throw broken(state, e);
        }
    }

    private @Nullable Object result(LinearMemory memory, long[] arguments) {
        Object[] values;
        try {
            values = contract.codec().liftArguments(memory, arguments);
        } catch (InvalidValueException e) {
            if (!contract.canFail()) {
                throw e;
            }
            return result(refusing(e), new Object[0]);
        }
        long begin = System.nanoTime();
        try {
            return result(function, values);
        } finally {
            state().countHostNanos(System.nanoTime() - begin);
        }
    }

    /** The function, with arguments that it cannot be called with. */
    private GrantedFunction refusing(InvalidValueException e) {
        return function.with(
                (guest, none) -> {
                    throw new HostFailure(
                            HostFailure.Reason.INVALID, e.path() + ": " + e.problem());
                });
    }

    private @Nullable Object result(GrantedFunction called, Object[] values) {
        try {
            Object value = called.call(state(), values);
            return contract.canFail() ? ResultValue.ok(value) : value;
        } catch (HostFailure e) {
            if (contract.canFail()) {
                return ResultValue.error(e.reason());
            }
            ErrorCode code =
                    e.reason() == HostFailure.Reason.DENIED
                            ? ErrorCode.CAPABILITY_DENIED
                            : ErrorCode.GUEST_TRAP;
            throw PluginException.of(
                    code, state().plugin(), function() + ": " + state().lastFailure(), "");
        }
    }

    /** GUEST_ABI, from what the codec found. */
    static PluginException broken(GuestState state, GuestAbiException e) {
        return PluginException.of(
                ErrorCode.GUEST_ABI,
                state.plugin(),
                String.valueOf(e.getMessage()),
                "mend the plugin: see docs/plugin-author.md, memory",
                e);
    }
}
