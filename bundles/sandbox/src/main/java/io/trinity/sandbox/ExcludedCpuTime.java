package io.trinity.sandbox;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of those who run on a guest's thread without its having chosen them. The call's deadline
 * bounds them all the same.
 */
final class ExcludedCpuTime {
    /** What a call of the network takes of the host at least, whatever becomes of it. */
    private static final long NETWORK_CALL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** CPU time of other guests within the present host call of this thread; null in none. */
    private static final ThreadLocal<long @Nullable []> GUESTS = new ThreadLocal<>();

    private ExcludedCpuTime() {}

    /**
     * A function of the network, with its CPU time left out of the caller's but for a fixed price:
     * a server whose TLS is dear, or a host that has just started, has no plugin stopped. The first
     * handshake of a JVM takes more than a call has by default.
     */
    static HostFunction ofTheNetwork(String name, HostFunction function) {
        return ofTheNetwork(name, function, ThreadCpu::nanos);
    }

    static HostFunction ofTheNetwork(String name, HostFunction function, LongSupplier cpuClock) {
        return (guest, arguments) -> {
            guest.spend(name, NETWORK_CALL_NANOS);
            long begin = cpuClock.getAsLong();
            try {
                return function.call(guest, arguments);
            } finally {
                guest.excludeCpuTime(cpuClock.getAsLong() - begin);
            }
        };
    }

    /**
     * A function in which other plugins run that the caller does not know, with their CPU time left
     * out of the caller's: they have limits of their own, and were it the caller's, a listener
     * could have it stopped, and put into quarantine. What the host does for it is the caller's.
     * Where they have used as much as the caller itself may, it fires no more in this call.
     */
    static HostFunction ofListeners(HostFunction function) {
        return (guest, arguments) -> {
            guest.requireListenersTime();
            long @Nullable [] outer = GUESTS.get();
            long[] others = new long[1];
            GUESTS.set(others);
            try {
                return function.call(guest, arguments);
            } finally {
                if (outer == null) {
                    GUESTS.remove();
                } else {
                    GUESTS.set(outer);
                }
                guest.excludeListeners(others[0]);
            }
        };
    }

    /** A guest is entered on this thread; to be closed when it has left. */
    static Entered enter() {
        return enter(ThreadCpu::nanos);
    }

    static Entered enter(LongSupplier cpuClock) {
        long @Nullable [] others = GUESTS.get();
        if (others == null) {
            return () -> {};
        }
        long begin = cpuClock.getAsLong();
        return () -> others[0] += cpuClock.getAsLong() - begin;
    }

    /** A stay in a guest. */
    @FunctionalInterface
    interface Entered extends AutoCloseable {
        @Override
        void close();
    }
}
