/**
 * Admission: what may be compiled at all, decided on the raw bytes before any parser allocates for
 * them.
 */
@NullMarked
package io.trinity.engine.admit;

import org.jspecify.annotations.NullMarked;
