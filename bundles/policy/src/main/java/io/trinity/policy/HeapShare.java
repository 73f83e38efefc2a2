package io.trinity.policy;

/** How much of the heap is the plugins', where nobody says so. Pure. */
final class HeapShare {
    /**
     * What the host needs besides them: itself, chunks under way, and what compiling hands over.
     */
    private static final long HOST_BYTES = 279L << 20;

    private static final int LEAST_PART = 4;

    private HeapShare() {}

    /**
     * What the host does not need, but a quarter of the heap at least.
     *
     * @param maxHeapBytes {@link Runtime#maxMemory()}
     */
    static long ofPlugins(long maxHeapBytes) {
        return Math.max(maxHeapBytes / LEAST_PART, maxHeapBytes - HOST_BYTES);
    }
}
