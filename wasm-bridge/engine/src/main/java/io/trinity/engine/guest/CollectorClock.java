package io.trinity.engine.guest;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Time for which collections have stopped the JVM's threads, in nanoseconds since it began. */
final class CollectorClock {
    /** Not those that tell how long a collector worked beside the threads. */
    private static final List<GarbageCollectorMXBean> PAUSES =
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(b -> !b.getName().matches(".*(Concurrent|Cycles).*"))
                    .toList();

    private CollectorClock() {}

    /** In steps of a millisecond. */
    static long nanos() {
        long millis = 0;
        for (GarbageCollectorMXBean bean : PAUSES) {
            millis += Math.max(0, bean.getCollectionTime());
        }
        return millis * 1_000_000;
    }
}
