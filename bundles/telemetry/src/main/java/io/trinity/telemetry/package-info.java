/** The host's metrics: gathered, given to on_metrics hooks and metric collectors. */
@NullMarked
package io.trinity.telemetry;

import org.jspecify.annotations.NullMarked;
