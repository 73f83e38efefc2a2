/** Which plugins exist, their generations and states. The sole owner of state. */
@NullMarked
package io.trinity.registry;

import org.jspecify.annotations.NullMarked;
