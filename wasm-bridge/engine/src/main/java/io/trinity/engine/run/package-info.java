/** Compiled code linked, instantiated and called within budgets. */
@NullMarked
package io.trinity.engine.run;

import org.jspecify.annotations.NullMarked;
