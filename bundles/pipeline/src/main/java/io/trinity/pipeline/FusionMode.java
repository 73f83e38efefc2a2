package io.trinity.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** When a pipeline fuses windows. */
enum FusionMode {
    /** When a fusion hook listens, or a handler of the chunk's modality serves. */
    AUTO,
    ON,
    OFF;

    /** The word in configurations. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Stream.of(values()).map(FusionMode::label).toList();
    }
}
