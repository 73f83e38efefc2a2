package io.trinity.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Configures Logback from a home's {@code conf/logback.xml}, and from the distribution's where that
 * is not valid; looks at the file each second. Found by Logback as a service. It leaves everything
 * to Logback where the launcher's properties are not set.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class HomeConfigurator extends ContextAwareBase implements Configurator {
    /** System property: the home's file. Logback's own. */
    static final String FILE_PROPERTY = "logback.configurationFile";

    /** System property: the distribution's file, which holds where the home's does not. */
    static final String BUILT_IN_PROPERTY = "trinity.log.builtin";

    /**
     * System property, set here: what is the matter with the home's file, in one line; not set
     * where nothing is. {@code trinity:config} lists it.
     */
    static final String PROBLEM_PROPERTY = "trinity.log.problem";

    private static final long LOOK_MILLIS = 1000;

    /** For Logback. */
    public HomeConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        @Nullable String file = System.getProperty(FILE_PROPERTY);
        @Nullable String builtIn = System.getProperty(BUILT_IN_PROPERTY);
        if (file == null || builtIn == null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogConfiguration configuration =
                new LogConfiguration(
                        context,
                        Path.of(file),
                        System.err::println,
                        problem ->
                                problem.ifPresentOrElse(
                                        p -> System.setProperty(PROBLEM_PROPERTY, p),
                                        () -> System.clearProperty(PROBLEM_PROPERTY)));
        try {
            configuration.begin(Path.of(builtIn));
        } catch (IOException e) {
            addError("the distribution's logback.xml cannot be read", e);
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        // Not the context's scheduled futures: a reset would end them. Its threads are daemons.
        var unused =
                context.getScheduledExecutorService()
                        .scheduleWithFixedDelay(
                                configuration::look,
                                LOOK_MILLIS,
                                LOOK_MILLIS,
                                TimeUnit.MILLISECONDS);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
