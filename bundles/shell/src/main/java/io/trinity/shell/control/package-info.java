/** The control socket: one Gogo line per connection, for the home's owner only. */
@NullMarked
package io.trinity.shell.control;

import org.jspecify.annotations.NullMarked;
