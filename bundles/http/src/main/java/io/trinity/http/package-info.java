/** Health and metrics for probes and scrapers. */
@NullMarked
package io.trinity.http;

import org.jspecify.annotations.NullMarked;
