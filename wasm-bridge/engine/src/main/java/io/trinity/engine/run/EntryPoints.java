package io.trinity.engine.run;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.compile.Layout;
import io.trinity.engine.guest.GuestOps;
import io.trinity.engine.guest.GuestStop;
import io.trinity.engine.guest.LinearMemory;
import io.trinity.engine.guest.MemoryOps;
import io.trinity.engine.guest.Meter;
import io.trinity.engine.guest.NumericOps;
import io.trinity.engine.guest.Rounds;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** Finds the bridges {@code call_N} in compiled classes. */
final class EntryPoints {
    private static final MethodType BRIDGE =
            MethodType.methodType(long.class, long[].class, LinearMemory.class, Instance.class);

    private static final List<Class<?>> MET_BY_GUESTS =
            List.of(
                    GuestOps.class,
                    MemoryOps.class,
                    NumericOps.class,
                    OpcodeImpl.class,
                    Rounds.class,
                    GuestStop.class,
                    TrapException.class,
                    WasmRuntimeException.class,
                    HostFault.class);

    private final String mainClass;
    private final ClassLoader loader;
    private final int functionsPerClass;

    /**
     * Loads and initialises what guest code is going to meet: a class first met deep in a guest's
     * stack could overflow it while it is initialised, and would then be broken for good.
     *
     * @param functions how many the module has, imported ones included
     */
    EntryPoints(Class<?> main, ClassLoader loader, int functions)
            throws ReflectiveOperationException {
        this.mainClass = main.getName();
        this.loader = loader;
        this.functionsPerClass = main.getField(Layout.PER_CLASS_FIELD).getInt(null);
        for (int i = 0; i < functions; i += functionsPerClass) {
            group(i);
        }
        for (Class<?> met : MET_BY_GUESTS) {
            Class.forName(met.getName(), true, met.getClassLoader());
        }
        rehearseStop();
    }

    /** What makes the message is linked at its first use: milliseconds past a guest's limit. */
    private static void rehearseStop() {
        new Failures(PluginRef.named("rehearsal")).stopped(Meter.outOfCpu(1, 1));
    }

    private Class<?> group(int function) throws ReflectiveOperationException {
        String name = Layout.functionGroup(mainClass, function, functionsPerClass);
        return Class.forName(name, true, loader);
    }

    /** The bridge to an exported function, or to the start function. */
    MethodHandle find(int function) throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findStatic(group(function), Layout.call(function), BRIDGE);
    }
}
