/**
 * The part of the bench that runs as a bundle inside the distribution, so that calls are direct.
 */
@NullMarked
package io.trinity.bench.inside;

import org.jspecify.annotations.NullMarked;
