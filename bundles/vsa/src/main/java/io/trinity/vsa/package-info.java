/**
 * Hypervectors: computing with long random vectors of -1, 0 and +1.
 *
 * <p>The operations are those of the MAP architecture (multiply, add, permute; R. W. Gayler,
 * "Multiplicative binding, representation operators and analogy", 1998); the way to think with them
 * is P. Kanerva, "Hyperdimensional computing", Cognitive Computation 1(2), 2009. Multiplying binds
 * two vectors into one that resembles neither, adding bundles several into one that resembles them
 * all, permuting keeps order. What each does to the last bit is the contract of {@link
 * io.trinity.vsa.VectorSpace}, and the same on every JVM and every processor.
 *
 * <p>Everything here is immutable and may be shared between threads. There are no dependencies, no
 * clock and no I/O.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.vsa;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
