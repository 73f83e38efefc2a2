package io.trinity.sandbox;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * CPU time of those who run on a guest's thread without its having chosen them: whoever fires a
 * hook does not know who listens. They have limits of their own; were their time the guest's too, a
 * listener could have it stopped, and put into quarantine. So could a server whose TLS is dear, or
 * a host that has just started: the first handshake of a JVM takes more than a call has by default.
 * The call's deadline bounds them all the same.
 */
final class OthersTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private OthersTime() {}

    /** The function, with its CPU time left out of the caller's. */
    static HostFunction excused(HostFunction function) {
        return excused(function, OthersTime::cpuNanos);
    }

    static HostFunction excused(HostFunction function, LongSupplier cpuClock) {
        return (guest, arguments) -> {
            long begin = cpuClock.getAsLong();
            try {
                return function.call(guest, arguments);
            } finally {
                guest.excuse(cpuClock.getAsLong() - begin);
            }
        };
    }

    /** As the engine reads it: where a JVM cannot tell CPU time, wall time. */
    private static long cpuNanos() {
        long cpu =
                THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : -1;
        return cpu < 0 ? System.nanoTime() : cpu;
    }
}
