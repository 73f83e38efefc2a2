/** From a module to metered classes: Chicory compiles, the rewriter meters. */
@NullMarked
package io.trinity.engine.compile;

import org.jspecify.annotations.NullMarked;
