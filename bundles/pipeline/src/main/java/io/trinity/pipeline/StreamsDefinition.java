package io.trinity.pipeline;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.streams}; read by {@link StreamsComponent}. */
@ObjectClassDefinition(
        name = "Trinity streams",
        description = "Named streams by which plugins hand chunks to each other")
@interface StreamsDefinition {
    @AttributeDefinition(
            name = "Streams",
            description = "Names of the streams by which plugins hand chunks to each other")
    String[] streams() default {"events"};

    @AttributeDefinition(
            name = "Stream capacity",
            description =
                    "Most chunks that wait in one stream, 1 to 4096; one plugin may hold three"
                            + " quarters of them",
            min = "1",
            max = "4096")
    int streamChunks() default 64;
}
