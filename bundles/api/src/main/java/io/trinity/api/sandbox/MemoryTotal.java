package io.trinity.api.sandbox;

/**
 * The heap that all plugins together may take and have taken, as the collector spends it (ADR
 * 0019).
 *
 * @param limitBytes most that they may hold; what is held already is never taken away
 * @param heldBytes what they hold now
 * @param peakBytes most that they held at a time
 */
public record MemoryTotal(long limitBytes, long heldBytes, long peakBytes) {}
