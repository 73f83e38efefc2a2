/** The hook bus: order, depth and delivery of hooks. */
@NullMarked
package io.trinity.hooks;

import org.jspecify.annotations.NullMarked;
