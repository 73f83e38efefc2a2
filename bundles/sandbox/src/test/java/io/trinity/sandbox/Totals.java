package io.trinity.sandbox;

/** Memories of all plugins together. */
final class Totals {
    private Totals() {}

    /** One with room for everything. */
    static BoundedBytes plenty() {
        return new BoundedBytes(() -> Long.MAX_VALUE);
    }
}
