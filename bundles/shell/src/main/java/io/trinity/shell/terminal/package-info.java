/** The prompt of {@code ./tri} on a terminal. */
@NullMarked
package io.trinity.shell.terminal;

import org.jspecify.annotations.NullMarked;
