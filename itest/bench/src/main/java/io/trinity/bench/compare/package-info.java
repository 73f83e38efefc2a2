/** {@code ./tri plugin-bench --engine}: runs the engines in turns, and says how they compare. */
@NullMarked
package io.trinity.bench.compare;

import org.jspecify.annotations.NullMarked;
