package io.trinity.engine.run;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestMemory;
import io.trinity.engine.guest.GuestStop;
import io.trinity.engine.guest.GuestTable;
import io.trinity.engine.guest.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instance and its runs. Whatever ends a run by a throw discards the guest. */
final class RunningGuest implements Guest {
    private final LoadedCode code;
    private final LinearMemory memory;
    private final List<GuestTable> tables;
    private final Failures failures;
    private final MemoryView view;

    private @Nullable Instance instance;
    private @Nullable Throwable failure;
    private boolean running;
    private boolean closed;
    private long lastUsed;

    /**
     * @param tables filled while the instance is made
     */
    RunningGuest(LoadedCode code, LinearMemory memory, List<GuestTable> tables, Failures failures) {
        this.code = code;
        this.memory = memory;
        this.tables = tables;
        this.failures = failures;
        this.view = new MemoryView(memory);
    }

    LinearMemory linearMemory() {
        return memory;
    }

    /** How Chicory calls into compiled code: for the start function alone. */
    Machine machine(Instance made) {
        return (function, arguments) -> {
            try {
                enter(code.entries().find(function), arguments);
                return new long[0];
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("start function " + function + " is not there", e);
            }
        };
    }

    /** Globals, segments and the start function; within a run. */
    void initialise(Instance made) {
        instance = made;
        try {
            made.initialize(false);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    @Override
    public GuestMemory memory() {
        return view;
    }

    @Override
    public GuestFunction function(String export) {
        LoadedCode.Export found = code.functions().get(export);
        if (found == null) {
            throw new IllegalArgumentException(code.who() + " exports no function " + export);
        }
        if (found.signature().results().size() > 1) {
            throw new IllegalArgumentException(export + " has several results");
        }
        int parameters = found.signature().parameters().size();
        return arguments -> {
            if (arguments.length != parameters) {
                throw new IllegalArgumentException(
                        "%s takes %s arguments, not %s"
                                .formatted(export, parameters, arguments.length));
            }
            return enter(found.handle(), arguments);
        };
    }

    private long enter(MethodHandle handle, long[] arguments) {
        if (!running) {
            throw new IllegalStateException("a function of a guest is called outside of run");
        }
        int stack = memory.stack;
        try {
            long result = (long) handle.invokeExact(arguments, memory, instance);
            memory.stack = stack;
            return result;
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    @Override
    public <T extends @Nullable Object> T run(CallBudget budget, GuestWork<T> work) {
        if (closed || running || failure != null) {
            String state = closed ? "closed" : running ? "running" : "discarded";
            throw new IllegalStateException("guest of " + code.who() + " is " + state);
        }
        running = true;
        try {
            memory.meter().begin(budget, memory);
            T result = work.run();
            rethrowFailure();
            return result;
        } catch (GuestStop stop) {
            throw failed(stop);
        } catch (Throwable t) {
            if (failure == null) {
                failure = t;
            }
            throw t;
        } finally {
            lastUsed = memory.meter().used(memory);
            running = false;
        }
    }

    /** Once failed, a guest does not go on, whoever caught the exception. */
    void rethrowFailure() {
        Throwable first = failure;
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first instanceof Error e) {
            throw e;
        }
    }

    /** Back from a host function: its time counts too. */
    void hostReturned() {
        memory.meter().afterHostCall(memory);
    }

    private RuntimeException failed(Throwable thrown) {
        try {
            RuntimeException translated = failures.translate(thrown);
            failure = failure == null ? translated : failure;
            return translated;
        } catch (Error e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public long cpuNanos() {
        return memory.meter().cpuNanos();
    }

    @Override
    public long cpuNanosLeft() {
        requireRunning();
        return memory.meter().cpuNanosLeft();
    }

    @Override
    public void charge(long fuel) {
        requireRunning();
        try {
            memory.meter().charge(memory, fuel);
        } catch (GuestStop stop) {
            throw failed(stop);
        }
    }

    @Override
    public void excludeCpuTime(long cpuNanos) {
        requireRunning();
        memory.meter().excludeCpuTime(cpuNanos);
    }

    @Override
    public void use(long cpuNanos) {
        requireRunning();
        memory.meter().use(memory, cpuNanos);
    }

    private void requireRunning() {
        if (!running) {
            throw new IllegalStateException("guest of " + code.who() + " is not in a run");
        }
    }

    @Override
    public long fuelUsed() {
        return running ? memory.meter().used(memory) : lastUsed;
    }

    @Override
    public void cancel() {
        memory.meter().cancel();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.release();
            tables.forEach(GuestTable::release);
        }
    }
}
