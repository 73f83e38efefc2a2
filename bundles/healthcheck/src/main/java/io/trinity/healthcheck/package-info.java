/** Optional: the plugins' health for Felix Health Checks. */
@NullMarked
package io.trinity.healthcheck;

import org.jspecify.annotations.NullMarked;
