package io.trinity.engine.guest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the current thread, in nanoseconds. */
final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    static long nanos() {
        long cpu =
                THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : -1;
        // Where a JVM cannot tell, wall time is the stricter substitute.
        return cpu < 0 ? System.nanoTime() : cpu;
    }
}
