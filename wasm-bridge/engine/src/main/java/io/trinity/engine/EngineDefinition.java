package io.trinity.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Metatype of PID {@code io.trinity.engine}; read by {@link EngineComponent}. */
@ObjectClassDefinition(name = "Trinity engine", description = "How modules are compiled")
@interface EngineDefinition {
    String PID = "io.trinity.engine";

    @AttributeDefinition(
            name = "Isolation",
            description =
                    "Where modules are compiled: in a process of its own, which is killed at the"
                            + " limits below, or in the host, without limits",
            options = {@Option("process"), @Option("in-process")})
    String isolation() default "process";

    @AttributeDefinition(
            name = "Time",
            description = "Wall time to compile one module, in milliseconds, 100 to 3600000",
            min = "100",
            max = "3600000")
    int compileMillis() default 30_000;

    @AttributeDefinition(
            name = "Heap",
            description = "Heap of the process, in MiB, 32 to 65536",
            min = "32",
            max = "65536")
    int compileHeapMebibytes() default 384;

    @AttributeDefinition(
            name = "Idle time",
            description =
                    "How long the process waits for the next module before it is ended, in"
                            + " milliseconds, 0 to 3600000",
            min = "0",
            max = "3600000")
    int idleMillis() default 10_000;
}
