package io.trinity.canonical.abi;

/**
 * How much host memory one call may lift. A guest's own memory is no bound: many lists in it can
 * share the same bytes, and Java objects are larger than their image, so that a few kilobytes there
 * can stand for gigabytes here.
 *
 * <p>Every element of a list and every byte of text is charged before it is allocated, by an
 * estimate from above of what its objects take on a 64-bit JVM. Not counted: the fixed part of the
 * parameters themselves, and copies that live only while one string or list of numbers is decoded.
 *
 * @param bytes at least 0
 */
public record LiftBudget(long bytes) {
    /** 64 MiB. */
    public static final LiftBudget DEFAULT = new LiftBudget(64L << 20);

    public LiftBudget {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "a budget of " + bytes + " bytes; it must be 0 or more");
        }
    }
}
