/**
 * Starts and talks to a running Trinity: an embedded Felix framework around the distribution's
 * bundles, and the client of its control socket. Not a bundle.
 */
@NullMarked
package io.trinity.launcher;

import org.jspecify.annotations.NullMarked;
