package io.trinity.api.sandbox;

/**
 * What the calls of a generation have used up so far. All sums but the peak; none ever falls.
 *
 * @param fuel counted instructions
 * @param cpuNanos CPU time, host functions included; of a call that is too short for the CPU clock
 *     its wall time
 * @param hostNanos wall time within host functions, waiting included
 * @param bytesIn written into guests, by arguments and results of host functions
 * @param bytesOut read from guests, by results and arguments of host functions
 * @param peakMemoryBytes most that was held at a time: memories, tables and handles of all guests
 */
public record Usage(
        long fuel,
        long cpuNanos,
        long hostNanos,
        long bytesIn,
        long bytesOut,
        long peakMemoryBytes) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

    /** Both: sums, and the higher peak. */
    public Usage plus(Usage other) {
        return new Usage(
                fuel + other.fuel,
                cpuNanos + other.cpuNanos,
                hostNanos + other.hostNanos,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                Math.max(peakMemoryBytes, other.peakMemoryBytes));
    }
}
