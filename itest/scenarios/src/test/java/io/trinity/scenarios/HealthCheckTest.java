package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;

import io.trinity.api.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The optional bundle tells Felix Health Checks how the plugins are. */
public class HealthCheckTest {
    private static final String PLUGINS = "(hc.name=Trinity plugins)";
    private static final String CHECK = "org.apache.felix.hc.api.HealthCheck";
    private static final String RESULT = "org.apache.felix.hc.api.Result";
    private static final String RELOADER = "io.trinity.api.reload.Reloader";

    @Rule public TemporaryFolder folder = new TemporaryFolder();
    private PlainFelix felix;

    @Before
    public void start() throws Exception {
        Path root = folder.getRoot().toPath();
        felix =
                new PlainFelix(
                        root,
                        Map.of(
                                Home.PROPERTY,
                                root + "/home",
                                // The API of the health checks was built for SLF4J 1.7.
                                "org.osgi.framework.system.packages.extra",
                                "org.slf4j;version=1.7.36,org.slf4j.helpers;version=1.7.36"),
                        PlainFelix.BARE,
                        PlainFelix.otherLogging(),
                        api(),
                        bundle());
    }

    @After
    public void stop() {
        if (felix != null) {
            felix.close();
        }
    }

    private static Path api() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(f -> f.contains("org.apache.felix.healthcheck.api"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the API is not on the test class path"));
    }

    /** It is not in the distribution, since the API is not. */
    private static Path bundle() throws IOException {
        Path target = Path.of(System.getProperty("trinity.root"), "bundles/healthcheck/target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(
                            f ->
                                    f.getFileName()
                                            .toString()
                                            .matches("healthcheck-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("it is not built in " + target));
        }
    }

    /** Status and messages, as {@code OK …}. */
    private String health() {
        Object result = PlainFelix.call(felix.service(CHECK, PLUGINS), CHECK, "execute");
        StringBuilder text = new StringBuilder();
        text.append(PlainFelix.call(result, RESULT, "getStatus"));
        for (Object entry : (Iterable<?>) result) {
            text.append(' ').append(entry);
        }
        return text.toString();
    }

    private void load(String fixture) throws IOException {
        Path file = felix.drop(fixture, fixture + ".wasm");
        PlainFelix.call(felix.service(RELOADER), RELOADER, "changed", file);
    }

    private void awaitHealth(String beginning) {
        Scenario.await("health is " + beginning, () -> health().startsWith(beginning));
    }

    @Test
    public void itIsWellWhenPluginsServeUnsureWhileTheyLoadAndCriticalWhenOneIsInError()
            throws Exception {
        awaitHealth("OK ");
        Scenario.assertContains(health(), "there are no plugins");

        // It sleeps while it is initialised.
        felix.configure("io.trinity.plugin", "sleeper", Map.of("initMillis", "60000"));
        load("sleeper");
        awaitHealth("TEMPORARILY_UNAVAILABLE ");
        awaitHealth("OK ");
        Scenario.assertContains(health(), "plugin 'sleeper' 1.0.0 is active");

        load("bad-import");
        awaitHealth("CRITICAL ");
        Scenario.assertContains(
                health(), "plugin 'bad-import' 1.0.0 is in error: IMPORT_UNKNOWN: ");
    }

    @Test
    public void theServicesHaveTheNamesAndTheTagsThatHealthChecksAreFoundBy() throws Exception {
        felix.service(CHECK, PLUGINS);
        felix.service(CHECK, "(hc.name=Trinity pipelines)");
        Map<Object, List<String>> tags = new TreeMap<>();
        for (Map<String, Object> check : felix.properties(CHECK)) {
            tags.put(check.get("hc.name"), List.of((String[]) check.get("hc.tags")));
        }
        assertEquals(
                Map.of(
                        "Trinity plugins", List.of("trinity", "plugins"),
                        "Trinity pipelines", List.of("trinity", "pipelines")),
                tags);
    }
}
