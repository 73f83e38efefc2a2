package io.trinity.telemetry;

import io.trinity.api.stream.Chunk.Attribute;
import java.util.List;

/**
 * Which one of a plugin's series: a name with one set of labels.
 *
 * @param labels in the order of their names
 */
record Series(String name, List<Attribute> labels) {
    Series {
        labels = List.copyOf(labels);
    }
}
