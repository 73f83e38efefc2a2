package io.trinity.api.metric;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A whiteboard service: somebody who has metrics. Thread-safe, quick. */
@ConsumerType
public interface MetricSource {
    /** The readings as of now. */
    List<Sample> samples();
}
