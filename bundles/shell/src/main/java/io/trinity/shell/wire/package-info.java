/**
 * What goes over the control socket, and where the socket lies. The launcher's client shares it.
 */
@NullMarked
package io.trinity.shell.wire;

import org.jspecify.annotations.NullMarked;
