/** Compares the engine with plain Java and with Chicory as it comes, by JMH. */
@NullMarked
package io.trinity.bench.kernels;

import org.jspecify.annotations.NullMarked;
