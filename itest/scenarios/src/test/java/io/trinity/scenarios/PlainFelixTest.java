package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import io.trinity.api.home.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;

/**
 * Trinity in a Felix that is not ours: the distribution's bundles and one framework property are
 * all that it needs.
 */
public class PlainFelixTest {
    private static final Predicate<String> ALL = file -> true;

    @Rule public TemporaryFolder folder = new TemporaryFolder();
    private PlainFelix felix;

    @After
    public void stop() {
        if (felix != null) {
            felix.close();
        }
        System.clearProperty("logback.configurationFile");
    }

    private void start(Predicate<String> wanted, Path... more) throws Exception {
        Path root = folder.getRoot().toPath();
        felix = new PlainFelix(root, Map.of(Home.PROPERTY, root + "/home"), wanted, more);
    }

    /** What conf/org.apache.felix.fileinstall-plugins.cfg says, said by another bundle. */
    private void watchThePluginFolder() {
        felix.configure(
                "org.apache.felix.fileinstall",
                "plugins",
                Map.of(
                        "felix.fileinstall.dir", felix.home().resolve("plugins").toString(),
                        "felix.fileinstall.filter", ".*[.]wasm",
                        "felix.fileinstall.poll", "200",
                        "felix.fileinstall.noInitialDelay", "true",
                        "felix.fileinstall.disableNio2", "true",
                        "felix.fileinstall.tmpdir", felix.home().resolve("data/tmp").toString()));
    }

    @Test
    public void withTheWholeDistributionADroppedPluginServesAFileThroughAConfiguredPipeline()
            throws Exception {
        System.setProperty(
                "logback.configurationFile",
                Files.writeString(
                                folder.getRoot().toPath().resolve("theirs.xml"),
                                "<configuration><root level=\"OFF\"/></configuration>")
                        .toString());
        start(ALL);
        felix.configure(
                "io.trinity.pipeline",
                "main",
                Map.of("stages", "stamp", "chunkBytes", "4", "stillMillis", "0"));
        watchThePluginFolder();
        felix.drop("stamp-1", "stamp.wasm");
        felix.drop("other", "other.wasm");
        felix.awaitState("stamp", "active");
        felix.awaitState("other", "active");
        Files.createDirectories(felix.home().resolve("inbox"));
        felix.put("inbox/letters.txt", "abcdefgh".getBytes(StandardCharsets.UTF_8));
        Path out = felix.home().resolve("outbox/letters.txt");
        Scenario.await(out + " is there", () -> Files.exists(out));
        assertEquals("the stage named, in the pieces named", "1bcd1fgh", Files.readString(out));
    }

    @Test
    public void withOtherLoggingAndWithoutShellAndFileInstallAPluginIsLoadedWhenTheReloaderIsTold()
            throws Exception {
        start(PlainFelix.BARE, PlainFelix.otherLogging());
        Path file = felix.drop("stamp-1", "stamp.wasm");
        String reloader = "io.trinity.api.reload.Reloader";
        PlainFelix.call(felix.service(reloader), reloader, "changed", file);
        felix.awaitState("stamp", "active");
    }

    @Test
    public void aPluginThatIsInErrorSaysWhyInAForeignFelixAlso() throws Exception {
        start(PlainFelix.BARE, PlainFelix.otherLogging());
        Path file = felix.drop("bad-import", "bad-import.wasm");
        String reloader = "io.trinity.api.reload.Reloader";
        PlainFelix.call(felix.service(reloader), reloader, "changed", file);
        Scenario.await(
                "the plugin is in error", () -> felix.state("bad-import").startsWith("error"));
        Scenario.assertContains(felix.state("bad-import"), "IMPORT_UNKNOWN");
    }

    @Test
    public void whenTrinitysBundlesAreUninstalledThoseOfThePluginsGoToo() throws Exception {
        start(PlainFelix.BARE, PlainFelix.otherLogging());
        Path file = felix.drop("stamp-1", "stamp.wasm");
        String reloader = "io.trinity.api.reload.Reloader";
        PlainFelix.call(felix.service(reloader), reloader, "changed", file);
        felix.awaitState("stamp", "active");
        Scenario.await(
                "reload is done",
                () -> (boolean) PlainFelix.call(felix.service(reloader), reloader, "settled"));
        Bundle reload = felix.bundle("io.trinity.reload");
        reload.stop();
        assertEquals("a stop of reload leaves it", 1, felix.bundles("io.trinity.plugin.").size());
        reload.start();
        assertEquals("and a start too", 1, felix.bundles("io.trinity.plugin.").size());
        // As Karaf does it: all are stopped, then all are uninstalled.
        for (Bundle ours : felix.bundles("io.trinity.")) {
            if (!ours.getSymbolicName().startsWith("io.trinity.plugin.")) {
                ours.stop();
            }
        }
        for (Bundle ours : felix.bundles("io.trinity.")) {
            if (!ours.getSymbolicName().startsWith("io.trinity.plugin.")) {
                ours.uninstall();
            }
        }
        assertEquals(List.of(), felix.bundles("io.trinity."));
    }

    @Test
    public void withoutAHomeWhatNeedsOneWaitsForItAndNothingFails() throws Exception {
        felix =
                new PlainFelix(
                        folder.getRoot().toPath(),
                        Map.of(),
                        PlainFelix.BARE,
                        PlainFelix.otherLogging());
        Scenario.await(
                "the hook bus waits for a home",
                () -> components().contains("io.trinity.hooks.HookComponent waits for [home]"));
        Scenario.assertContains(components(), "io.trinity.storage.HostStorage waits for [home]");
        assertFalse(components(), components().contains(" failed: "));
    }

    /** What each component waits for, or why it failed, as {@code scr:info} shows it. */
    private String components() {
        String type = "org.osgi.service.component.runtime.ServiceComponentRuntime";
        Object runtime = felix.service(type);
        List<String> components = new ArrayList<>();
        try {
            Bundle[] none = new Bundle[0];
            var all =
                    (Collection<?>)
                            PlainFelix.call(
                                    runtime, type, "getComponentDescriptionDTOs", (Object) none);
            for (Object description : all) {
                var made =
                        (Collection<?>)
                                PlainFelix.call(
                                        runtime,
                                        type,
                                        "getComponentConfigurationDTOs",
                                        description);
                for (Object configuration : made) {
                    Object failure = field(configuration, "failure");
                    List<Object> missing = new ArrayList<>();
                    for (Object r : (Object[]) field(configuration, "unsatisfiedReferences")) {
                        missing.add(field(r, "name"));
                    }
                    components.add(
                            field(description, "name")
                                    + (failure == null
                                            ? " waits for " + missing
                                            : " failed: " + failure));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return String.join("\n", components);
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
