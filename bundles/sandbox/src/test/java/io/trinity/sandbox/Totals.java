package io.trinity.sandbox;

/** Memories of all plugins together. */
final class Totals {
    private Totals() {}

    /** One with room for everything. */
    static TotalMemory.Holder plenty() {
        return new TotalMemory(() -> Long.MAX_VALUE).open("lidar");
    }
}
