/** Grants and limits turned into guarded guests: the only code that calls into a guest. */
@NullMarked
package io.trinity.sandbox;

import org.jspecify.annotations.NullMarked;
