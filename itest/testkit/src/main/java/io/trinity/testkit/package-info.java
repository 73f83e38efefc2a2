/** Guests that do what a test needs. */
@NullMarked
package io.trinity.testkit;

import org.jspecify.annotations.NullMarked;
