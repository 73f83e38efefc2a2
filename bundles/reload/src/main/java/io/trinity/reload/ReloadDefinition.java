package io.trinity.reload;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.reload}; read by {@link ReloadSettings}. */
@ObjectClassDefinition(name = "Trinity reload", description = "How files become plugins")
@interface ReloadDefinition {
    @AttributeDefinition(
            name = "Debounce",
            description =
                    "How long a file must have been left alone before it is read, in"
                            + " milliseconds, 0 to 60000",
            min = "0",
            max = "60000")
    int debounceMillis() default 500;

    @AttributeDefinition(
            name = "Poll",
            description =
                    "Time between two looks at the plugin folder, in milliseconds, 10 to 60000",
            min = "10",
            max = "60000")
    int pollMillis() default 200;

    @AttributeDefinition(
            name = "Loads",
            description =
                    "How many plugins are loaded, started or drained at once, 1 to 64; one that"
                            + " takes long holds up no other as long as there are fewer of its"
                            + " kind",
            min = "1",
            max = "64")
    int loads() default 8;

    @AttributeDefinition(
            name = "File size",
            description = "Most bytes of a plugin's file, 1024 to 268435456",
            min = "1024",
            max = "268435456")
    long maxFileBytes() default 16_777_216;

    @AttributeDefinition(
            name = "Compile cache",
            description =
                    "Most bytes of compiled modules that are kept in memory, so that a version"
                            + " that comes back need not be compiled again, 0 to 1073741824",
            min = "0",
            max = "1073741824")
    long cacheBytes() default 33_554_432;
}
