package io.trinity.canonical.abi;

/**
 * Objects of the host that a guest knows by a number. Bound to a Java class that stands for
 * handles, a {@code u32} is lowered and lifted by way of this.
 */
public interface Handles {
    /** Where a function has none. */
    Handles NONE =
            new Handles() {
                @Override
                public long lower(Object value) {
                    throw new IllegalStateException("there are no handles");
                }

                @Override
                public Object lift(long handle) {
                    throw new IllegalStateException("there are no handles");
                }
            };

    /**
     * A number for an object that the guest is to know.
     *
     * @return 0 to 4,294,967,295
     */
    long lower(Object value);

    /**
     * The object that the guest names by a number. What it throws passes through.
     *
     * @param handle 0 to 4,294,967,295, whatever the guest likes
     */
    Object lift(long handle);
}
