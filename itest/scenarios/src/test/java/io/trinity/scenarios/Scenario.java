package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookBus;
import io.trinity.api.metric.MetricCollector;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.storage.StorageBackend;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * A story told inside the running distribution: the bundles that the launcher would start, in a
 * fresh home, where a test does what a person would do and waits, with a deadline, for what that
 * person would see.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class Scenario {
    private static final long PATIENCE_SECONDS = 60;

    @Inject protected BundleContext context;
    @Inject protected PluginRegistry registry;

    @Configuration
    public Option[] distribution() throws IOException {
        Path distribution = Path.of(System.getProperty("trinity.distribution"));
        Path home = Files.createTempDirectory("trinity-scenario");
        for (String folder : List.of("plugins", "conf", "inbox", "outbox", "data", "log")) {
            Files.createDirectories(home.resolve(folder));
        }
        try (Stream<Path> conf = Files.list(distribution.resolve("conf"))) {
            for (Path f : conf.toList()) {
                Files.copy(f, home.resolve("conf").resolve(f.getFileName()));
            }
        }
        List<Option> options = new ArrayList<>();
        try (Stream<Path> bundles = Files.list(distribution.resolve("bundles"))) {
            for (Path b : bundles.sorted().toList()) {
                options.add(bundle(b.toUri().toString()).startLevel(level(b)));
            }
        }
        Path fragment = distribution.resolve("on-demand/io.trinity.logback.jar");
        options.add(bundle(fragment.toUri().toString()).noStart());
        String h = home.toString();
        return new Option[] {
            composite(options.toArray(new Option[0])),
            junitBundles(),
            frameworkProperty("trinity.home").value(h),
            frameworkProperty("trinity.root").value(System.getProperty("trinity.root")),
            frameworkProperty("trinity.fixtures").value(System.getProperty("trinity.fixtures")),
            frameworkProperty("trinity.conf").value(h + "/conf"),
            frameworkProperty("felix.fileinstall.dir").value(h + "/data/fileinstall"),
            frameworkProperty("felix.fileinstall.filter").value("(?!)"),
            frameworkProperty("felix.fileinstall.poll").value("2147483647"),
            frameworkProperty("felix.fileinstall.noInitialDelay").value("true"),
            frameworkProperty("felix.fileinstall.disableNio2").value("true"),
            frameworkProperty("felix.fileinstall.enableConfigSave").value("false"),
            frameworkProperty("felix.fileinstall.tmpdir").value(h + "/data/fileinstall"),
            systemProperty("logback.configurationFile").value(h + "/conf/logback.xml"),
            systemProperty("trinity.home").value(h),
            frameworkProperty("gosh.args").value("--nointeractive"),
        };
    }

    private static int level(Path bundle) {
        String name = bundle.getFileName().toString();
        // Logging first: whoever logs earlier decides for all that nothing is logged.
        if (name.startsWith("asm")
                || name.contains("spifly")
                || name.startsWith("slf4j")
                || name.startsWith("logback")) {
            return 1;
        }
        return name.startsWith("io.trinity") ? 4 : 3;
    }

    /**
     * The probe imports a package when a class of it is first asked for. Of several threads that
     * ask at once Felix answers one, and the others find no class.
     */
    @Before
    public void importPackages() {
        assertTrue(
                Stream.of(
                                AgentBehavior.class,
                                Chunk.class,
                                HookBus.class,
                                Home.class,
                                MetricCollector.class,
                                ModalityHandler.class,
                                PipelineStage.class,
                                PluginRegistry.class,
                                Reloader.class,
                                Sandbox.class,
                                StorageBackend.class)
                        .allMatch(c -> c.getName().startsWith("io.trinity.api.")));
    }

    // ---- what a person does

    protected Path home() {
        return Path.of(context.getProperty("trinity.home"));
    }

    protected byte[] fixture(String name) {
        try {
            return Files.readAllBytes(
                    Path.of(context.getProperty("trinity.fixtures"), name + ".wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops bytes as a file into the plugin folder, whole, as a rename does. */
    protected void drop(String fileName, byte[] bytes) {
        put(home().resolve("plugins").resolve(fileName), bytes);
    }

    protected void dropFixture(String fixture, String fileName) {
        drop(fileName, fixture(fixture));
    }

    protected void put(Path target, byte[] bytes) {
        try {
            Path aside = home().resolve("data").resolve("aside-" + target.getFileName());
            Files.write(aside, bytes);
            Files.move(
                    aside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected void removeFile(String fileName) {
        try {
            Files.deleteIfExists(home().resolve("plugins").resolve(fileName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes conf/NAME.cfg. */
    protected void configure(String name, String... lines) {
        put(
                home().resolve("conf").resolve(name + ".cfg"),
                (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    // ---- what a person sees

    /** Waits for a condition, not for a time. */
    protected static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("in " + PATIENCE_SECONDS + " s it did not come true that " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    protected PluginSnapshot awaitPlugin(String name, Predicate<PluginSnapshot> condition) {
        await(
                "plugin " + name + " is as expected; it is " + registry.find(name),
                () -> registry.find(name).filter(condition).isPresent());
        return registry.find(name).orElseThrow();
    }

    protected PluginSnapshot awaitState(String name, PluginState state) {
        return awaitPlugin(name, p -> p.state() == state);
    }

    protected PluginSnapshot awaitError(String name, ErrorCode code) {
        return awaitPlugin(name, p -> p.error().filter(e -> e.code() == code).isPresent());
    }

    protected void awaitGone(String name) {
        await("plugin " + name + " is gone", () -> registry.find(name).isEmpty());
    }

    protected Bundle bundleOf(String name) {
        return context.getBundle(registry.find(name).orElseThrow().bundleId());
    }

    protected Plugin plugin(String name) {
        return awaitService(Plugin.class, "(plugin.name=" + name + ")");
    }

    /** The service, which may come a moment after the plugin is active. */
    protected <T> T awaitService(Class<T> type, String filter) {
        await(type.getSimpleName() + " " + filter, () -> service(type, filter).isPresent());
        return service(type, filter).orElseThrow();
    }

    protected <T> Optional<T> service(Class<T> type, String filter) {
        try {
            Collection<ServiceReference<T>> found = context.getServiceReferences(type, filter);
            return found.stream().findFirst().map(context::getService);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the stage makes of a text, as one chunk. */
    protected String process(String name, String text) {
        PipelineStage stage = awaitService(PipelineStage.class, "(plugin.name=" + name + ")");
        Chunk chunk =
                new Chunk(
                        text.getBytes(StandardCharsets.UTF_8),
                        "text/plain",
                        "text",
                        "scenario",
                        List.of(),
                        0,
                        0,
                        true);
        Answer<List<Chunk>> answer = stage.process(List.of(chunk));
        if (answer instanceof Answer.Refusal<List<Chunk>> r) {
            throw new AssertionError("refused: " + r.text());
        }
        StringBuilder made = new StringBuilder();
        for (Chunk c : ((Answer.Value<List<Chunk>>) answer).value()) {
            made.append(new String(c.payload(), StandardCharsets.UTF_8));
        }
        return made.toString();
    }

    /** The code with which a call ends. */
    protected ErrorCode codeOf(String name, String text) {
        try {
            process(name, text);
        } catch (PluginException e) {
            return e.code();
        }
        throw new AssertionError("the call of " + name + " went through");
    }

    protected static CallOptions options() {
        return CallOptions.DEFAULT;
    }

    protected static void assertContains(String text, String part) {
        if (!text.contains(part)) {
            assertEquals("a text with '" + part + "' in it", text);
        }
    }
}
