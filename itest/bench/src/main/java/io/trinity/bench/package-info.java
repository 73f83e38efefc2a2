/** Measures the running distribution: builds its guests, starts it, and prints a table. */
@NullMarked
package io.trinity.bench;

import org.jspecify.annotations.NullMarked;
