package io.trinity.policy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.limits}; read by {@link PolicyReader}. */
@ObjectClassDefinition(
        pid = PolicyReader.LIMITS_PID,
        name = "Trinity limits",
        description =
                "Limits of every plugin that has none of its own; a change applies to the next"
                        + " call")
@interface LimitsDefinition {
    @AttributeDefinition(
            name = "Memory",
            description =
                    "Linear memories, tables and handles of all guests of a plugin together, in"
                            + " bytes, 65536 to 4294967296",
            min = "65536",
            max = "4294967296")
    long memoryBytes() default 16_777_216;

    @AttributeDefinition(
            name = "Memory of all plugins",
            description =
                    "Heap that all plugins together may take, in bytes, 1048576 to 1099511627776;"
                            + " auto for what the largest heap leaves when the host has 279 MiB,"
                            + " but a quarter of it at least")
    String totalMemoryBytes() default "auto";

    @AttributeDefinition(
            name = "CPU time of a call",
            description = "In milliseconds, 1 to 3600000",
            min = "1",
            max = "3600000")
    int cpuMillis() default 100;

    @AttributeDefinition(
            name = "Wall-clock time of a call",
            description = "In milliseconds, 1 to 3600000",
            min = "1",
            max = "3600000")
    int wallMillis() default 1000;

    @AttributeDefinition(
            name = "Fuel of a call",
            description = "Counted instructions, the same in every run; 0 for no limit",
            min = "0")
    long fuel() default 0;

    @AttributeDefinition(
            name = "WebAssembly stack",
            description = "In bytes of counted frames, 1024 to 1048576",
            min = "1024",
            max = "1048576")
    int stackBytes() default 65_536;

    @AttributeDefinition(
            name = "Hook depth",
            description = "Hooks that may call hooks, 1 to 16",
            min = "1",
            max = "16")
    int hookDepth() default 4;

    @AttributeDefinition(
            name = "Hooks of a plugin",
            description = "0 to 1000",
            min = "0",
            max = "1000")
    int hooks() default 16;

    @AttributeDefinition(
            name = "Dependencies of a plugin",
            description = "0 to 1000",
            min = "0",
            max = "1000")
    int dependencies() default 8;

    @AttributeDefinition(name = "Host calls of a call", description = "0 or more", min = "0")
    int hostCalls() default 10_000;

    @AttributeDefinition(
            name = "Queue",
            description = "Calls that may wait for a guest, 0 to 100000",
            min = "0",
            max = "100000")
    int queue() default 64;

    @AttributeDefinition(
            name = "CPU time of initialisation",
            description = "For the start function and _initialize, in milliseconds, 1 to 3600000",
            min = "1",
            max = "3600000")
    int initMillis() default 1000;

    @AttributeDefinition(
            name = "Log lines",
            description =
                    "Lines that a plugin may log in one second: so many of WARN, so many of ERROR,"
                            + " so many of all others; more are dropped and counted",
            min = "0",
            max = "1000000")
    int logLines() default 100;
}
