/** Gogo commands: they parse arguments, ask the services below, and format what those answer. */
@NullMarked
package io.trinity.shell;

import org.jspecify.annotations.NullMarked;
