/** The Engine port on Chicory: admit, compile, meter, verify, instantiate. */
@NullMarked
package io.trinity.engine;

import org.jspecify.annotations.NullMarked;
