package io.trinity.telemetry;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.telemetry}; read by {@link TelemetrySettings}. */
@ObjectClassDefinition(
        name = "Trinity telemetry",
        description = "How often metrics are gathered, and how many a plugin may have of its own")
@interface TelemetryDefinition {
    @AttributeDefinition(
            name = "Interval",
            description =
                    "Time between two gatherings, in milliseconds, 100 to 3600000; nothing is"
                            + " gathered where no hook and no collector wants it",
            min = "100",
            max = "3600000")
    int intervalMillis() default 10_000;

    @AttributeDefinition(
            name = "Series of a plugin",
            description =
                    "Most series (one name with one set of labels) that a plugin may have of its"
                            + " own, 0 to 10000; readings past it are dropped and counted",
            min = "0",
            max = "10000")
    int maxSeries() default 200;
}
