package io.trinity.telemetry;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.policy.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at the start, in the log, which JVM options are missing, also in a framework that is not
 * ours; and again when the configured limits come to need more.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = {StartCheck.REGISTRY_PID, StartCheck.LIMITS_PID})
public final class StartCheck {
    // What others own and tell of when it is invalid; here it is read only.
    static final String REGISTRY_PID = "io.trinity.registry";
    static final String LIMITS_PID = "io.trinity.limits";

    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);
    private static final int DEFAULT_PLUGINS = 32;

    private final boolean terminal;
    private List<String> said = List.of();

    /** For DS. */
    @Activate
    public StartCheck(BundleContext context, Map<String, Object> configuration) {
        terminal =
                Arrays.stream(context.getBundles())
                        .anyMatch(b -> "org.jline".equals(b.getSymbolicName()));
        modified(configuration);
    }

    /** Says what it has not said before. */
    @Modified
    final synchronized void modified(Map<String, Object> configuration) {
        List<String> missing = needs(configuration, terminal).missingIn(JvmFacts.present());
        missing.stream().filter(line -> !said.contains(line)).forEach(LOG::warn);
        said = missing;
    }

    static JvmNeeds needs(Map<String, Object> configuration, boolean terminal) {
        ConfigValues values = new ConfigValues(REGISTRY_PID, configuration, p -> {});
        Limits d = Limits.DEFAULT;
        Limits limits =
                new Limits(
                        values.number(
                                "memoryBytes", d.memoryBytes(), d.memoryBytes(), 65_536, 4L << 30),
                        d.cpuMillis(),
                        d.wallMillis(),
                        d.fuel(),
                        number(values, "stackBytes", d.stackBytes(), 1024, 1 << 20),
                        number(values, "hookDepth", d.hookDepth(), 1, 16),
                        d.hooks(),
                        d.dependencies(),
                        d.hostCalls(),
                        d.queue(),
                        d.initMillis(),
                        d.logLines());
        boolean auto = "auto".equals(String.valueOf(configuration.get("maxPlugins")).trim());
        int plugins = auto ? 0 : number(values, "maxPlugins", DEFAULT_PLUGINS, 1, 10_000);
        return new JvmNeeds(plugins, limits, terminal);
    }

    // A value out of range has no effect on its owner either.
    private static int number(ConfigValues values, String key, int absent, int least, int most) {
        return (int) values.number(key, absent, absent, least, most);
    }
}
