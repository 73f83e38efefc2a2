/** Each metric_collector plugin as a typed MetricCollector service. */
@NullMarked
package io.trinity.adapter.metric.collector;

import org.jspecify.annotations.NullMarked;
