package io.trinity.engine.guest;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the collector spends on an array. G1 gives an array of half a region or more whole regions
 * of its own, so a memory of 1 MiB may take 2 MiB of heap.
 */
final class HeapArrays {
    private static final long HEADER_BYTES = 16;
    private static final long ALIGNMENT = 8;
    private static final long REGION_BYTES = regionBytes();

    private HeapArrays() {}

    /** Bytes of heap for an array of so many bytes, in the JVM that this is. */
    static long spent(long arrayBytes) {
        return spent(arrayBytes, REGION_BYTES);
    }

    /**
     * @param regionBytes size of G1's regions; 0 for a collector without such
     */
    static long spent(long arrayBytes, long regionBytes) {
        long size = roundUp(arrayBytes + HEADER_BYTES, ALIGNMENT);
        boolean humongous = regionBytes > 0 && size >= regionBytes / 2;
        return humongous ? roundUp(size, regionBytes) : size;
    }

    private static long roundUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    private static long regionBytes() {
        try {
            HotSpotDiagnosticMXBean vm =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return vm == null
                    ? 0
                    : regionBytes(
                            vm.getVMOption("UseG1GC").getValue(),
                            vm.getVMOption("G1HeapRegionSize").getValue());
        } catch (IllegalArgumentException | LinkageError e) {
            // Another JVM: it has no such option, or not this way to ask.
            return 0;
        }
    }

    static long regionBytes(String useG1, String regionSize) {
        return useG1.equals("true") ? Long.parseLong(regionSize) : 0;
    }
}
