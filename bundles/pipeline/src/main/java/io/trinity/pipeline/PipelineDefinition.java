package io.trinity.pipeline;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Metatype of PID {@code io.trinity.pipeline}; read by {@link PipelineSettings}. */
@ObjectClassDefinition(
        name = "Trinity pipeline",
        description = "How files go from the inbox through the stages to the outbox")
@interface PipelineDefinition {
    @AttributeDefinition(
            name = "Stages",
            description =
                    "Names of the stage plugins in the order in which chunks pass them; empty for"
                            + " all that serve, by name")
    String[] stages() default {};

    @AttributeDefinition(
            name = "On failure",
            description = "What becomes of chunks that a stage refuses or traps on",
            options = {
                @Option(label = "The file fails", value = "fail"),
                @Option(label = "They pass as they were", value = "pass"),
                @Option(label = "They are left out", value = "drop")
            })
    String onFailure() default "fail";

    @AttributeDefinition(
            name = "Chunk size",
            description =
                    "Bytes of the pieces that files are cut into, 1 to 65536; small ones keep the"
                        + " first calls of a fresh plugin, which run uncompiled, within their CPU"
                        + " limit",
            min = "1",
            max = "65536")
    int chunkBytes() default 8192;

    @AttributeDefinition(
            name = "Poll interval",
            description = "How often the inbox is looked at, in milliseconds, 10 to 60000",
            min = "10",
            max = "60000")
    int pollMillis() default 200;

    @AttributeDefinition(
            name = "Stillness",
            description =
                    "How long a file must have been left alone before it is taken, in milliseconds,"
                            + " 0 to 600000",
            min = "0",
            max = "600000")
    int stillMillis() default 800;

    @AttributeDefinition(
            name = "Keep inputs",
            description = "Whether files that went through are kept in data/processed")
    boolean keepInputs() default true;

    @AttributeDefinition(
            name = "Streams",
            description = "Names of the streams by which plugins hand chunks to each other")
    String[] streams() default {"events"};

    @AttributeDefinition(
            name = "Stream capacity",
            description = "Most chunks that wait in one stream, 1 to 4096",
            min = "1",
            max = "4096")
    int streamChunks() default 64;
}
