package io.trinity.bench.kernels;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.GuestMemory;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.ChicoryEngine;
import io.trinity.testkit.MapClassLoader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The engine as a plugin has it: all limits on, real slices. */
final class Trinity implements Machine {
    static final PluginRef WHO = PluginRef.named("bench");
    static final Engine ENGINE = new ChicoryEngine();

    /** Every limit is looked at; none is reached, since a round takes longer than a call may. */
    static final CallBudget BUDGET =
            new CallBudget(
                    TimeUnit.HOURS.toNanos(1),
                    TimeUnit.HOURS.toNanos(1),
                    System.nanoTime() + TimeUnit.HOURS.toNanos(1),
                    0,
                    64 << 10);

    private static final List<GuestCode.HostImport> IMPORTS =
            List.of(
                    new GuestCode.HostImport(
                            "host",
                            "next",
                            new FunctionSignature(List.of(ValueType.I32), List.of(ValueType.I32)),
                            (guest, arguments) -> Machine.next((int) arguments[0])));

    private final Guest guest;

    Trinity(Guest guest) {
        this.guest = guest;
    }

    /** Compiles, in this process. */
    static Trinity of(byte[] module) {
        CompiledModule compiled = ENGINE.compile(WHO, module);
        return new Trinity(
                instance(
                        ENGINE.load(
                                WHO, compiled.module(), new MapClassLoader(compiled.classes()))));
    }

    static Guest instance(GuestCode code) {
        return code.instantiate(IMPORTS, MemoryQuota.UNCOUNTED, BUDGET);
    }

    @Override
    public Machine.Export function(String export) {
        Guest.GuestFunction f = guest.function(export);
        return Machine.takesNothing(export)
                ? ignored -> (int) (long) guest.run(BUDGET, () -> f.call())
                : argument -> (int) (long) guest.run(BUDGET, () -> f.call(argument));
    }

    @Override
    public UnaryOperator<byte[]> trip() {
        Guest.GuestFunction xor = guest.function("xor");
        GuestMemory memory = guest.memory();
        return in ->
                guest.run(
                        BUDGET,
                        () -> {
                            memory.write(Modules.TRIP_AT, in, 0, in.length);
                            xor.call(in.length);
                            return memory.read(Modules.TRIP_AT, in.length);
                        });
    }
}
