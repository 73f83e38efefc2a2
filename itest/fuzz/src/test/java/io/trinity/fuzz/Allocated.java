package io.trinity.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * Bounds what is allocated for an input, by its length: memory is what small inputs ask much of,
 * and who allocates little for each byte takes little time for it.
 */
final class Allocated {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /**
     * Does it, several times.
     *
     * @param mostBytes that may be allocated on this thread meanwhile
     * @throws AssertionError where there were more
     */
    static <T> T within(long mostBytes, Supplier<T> work) {
        if (bytes(work) > mostBytes) {
            // Not what loads classes, which only the first one does.
            long took = bytes(work);
            if (took > mostBytes) {
                throw new AssertionError(
                        "allocated %,d bytes, at most %,d".formatted(took, mostBytes));
            }
        }
        return work.get();
    }

    private static long bytes(Supplier<?> work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            var unused = work.get();
        } catch (RuntimeException refused) {
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
