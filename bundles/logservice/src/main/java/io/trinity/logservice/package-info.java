/** The OSGi Log Service as a source of the log. */
@NullMarked
package io.trinity.logservice;

import org.jspecify.annotations.NullMarked;
