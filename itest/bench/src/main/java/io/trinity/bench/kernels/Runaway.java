package io.trinity.bench.kernels;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.Guest.GuestWork;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.testkit.MapClassLoader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How far past its limit of CPU time a guest gets that would never end by itself, while each
 * processor is busy with something else. A process of its own: the first guests that are stopped
 * run in code that is not compiled yet.
 */
public final class Runaway {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The default of a plugin's call. */
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Ends after hours, or days. */
    private static final int WITHOUT_END = -1;

    private Runaway() {}

    /**
     * Prints microseconds past the limit, a line for each guest that was stopped.
     *
     * @param arguments how often each kernel is let go
     */
    public static void main(String[] arguments) throws InterruptedException {
        List<Thread> busy = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(Runaway::work, "busy-" + i);
            thread.setDaemon(true);
            thread.start();
            busy.add(thread);
        }
        for (double micros : overshoots(Integer.parseInt(arguments[0]))) {
            System.out.println(micros);
        }
        for (Thread thread : busy) {
            thread.interrupt();
            thread.join();
        }
    }

    private static void work() {
        Machine machine = new Kernels();
        while (!Thread.interrupted()) {
            machine.function("fib").call(20);
        }
    }

    /** Microseconds past the limit, of each kernel in turn. */
    static List<Double> overshoots(int rounds) {
        CompiledModule compiled = Trinity.ENGINE.compile(Trinity.WHO, Modules.kernels());
        GuestCode code =
                Trinity.ENGINE.load(
                        Trinity.WHO, compiled.module(), new MapClassLoader(compiled.classes()));
        List<Double> micros = new ArrayList<>();
        for (int r = 0; r < rounds; r++) {
            for (Subject kernel : Subject.kernels()) {
                micros.add(overshoot(code, kernel) / 1e3);
            }
        }
        return micros;
    }

    private static long overshoot(GuestCode code, Subject kernel) {
        CallBudget budget =
                new CallBudget(
                        LIMIT_NANOS,
                        TimeUnit.HOURS.toNanos(1),
                        System.nanoTime() + TimeUnit.HOURS.toNanos(1),
                        0,
                        64 << 10);
        try (Guest guest = Trinity.instance(code)) {
            Guest.GuestFunction f = guest.function(kernel.export());
            int argument = kernel == Subject.FIB ? 90 : WITHOUT_END;
            // Made before: the JVM's first lambda here takes milliseconds of its own.
            GuestWork<Long> work = () -> f.call(argument);
            long begin = THREADS.getCurrentThreadCpuTime();
            try {
                guest.run(budget, work);
            } catch (PluginException e) {
                long used = THREADS.getCurrentThreadCpuTime() - begin;
                if (e.code() == ErrorCode.LIMIT_CPU) {
                    return used - LIMIT_NANOS;
                }
                throw e;
            }
        }
        throw new IllegalStateException(kernel + " ended");
    }
}
