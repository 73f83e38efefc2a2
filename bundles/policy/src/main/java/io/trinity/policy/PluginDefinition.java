package io.trinity.policy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Metatype of factory PID {@code io.trinity.plugin}, one per plugin; read by {@link PolicyReader}.
 * All keys of {@link LimitsDefinition} may stand here too, and {@code config.KEY} for the plugin's
 * own settings.
 */
@ObjectClassDefinition(
        factoryPid = PolicyReader.PLUGIN_FACTORY_PID,
        name = "Trinity plugin",
        description =
                "Limits, grants and settings of one plugin; as a file"
                        + " io.trinity.plugin-NAME.cfg")
@interface PluginDefinition {
    @AttributeDefinition(
            name = "Plugin",
            description =
                    "Name of the plugin; by default what follows the hyphen in the file's name")
    String plugin() default "";

    @AttributeDefinition(
            name = "Grants",
            description =
                    "Capabilities that the plugin may use, as capability@SHA-256 of its file, or"
                            + " capability alone where a name is enough")
    String[] grants() default {};

    @AttributeDefinition(
            name = "Denials",
            description =
                    "Capabilities that the plugin may not use, whatever else is granted. What a"
                        + " grant is limited to stands in scope.CAPABILITY: directories, host:port,"
                        + " streams, devices, a number of agents or series")
    String[] deny() default {};

    @AttributeDefinition(
            name = "Memory",
            description = "In bytes, 65536 to 4294967296; by default that of io.trinity.limits",
            min = "65536",
            max = "4294967296",
            required = false)
    long memoryBytes() default 16_777_216;

    @AttributeDefinition(
            name = "CPU time of a call",
            description = "In milliseconds, 1 to 3600000; by default that of io.trinity.limits",
            min = "1",
            max = "3600000",
            required = false)
    int cpuMillis() default 100;

    @AttributeDefinition(
            name = "Wall-clock time of a call",
            description = "In milliseconds, 1 to 3600000; by default that of io.trinity.limits",
            min = "1",
            max = "3600000",
            required = false)
    int wallMillis() default 1000;
}
