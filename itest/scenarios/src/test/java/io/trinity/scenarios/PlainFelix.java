package io.trinity.scenarios;

import static org.junit.Assert.assertTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.simple.SimpleServiceProvider;

/**
 * Somebody else's Felix with the distribution's bundles in it: no launcher, no start levels, no
 * files of ours. Its services are of other class loaders than the test, so they are asked by the
 * names of their types and functions.
 */
final class PlainFelix implements AutoCloseable {
    /** Without our logging, terminal, shell and watch on folders. */
    static final Predicate<String> BARE =
            file ->
                    !file.startsWith("logback")
                            && !file.startsWith("jline")
                            && !file.startsWith("org.apache.felix.gogo")
                            && !file.startsWith("org.apache.felix.fileinstall")
                            && !file.startsWith("io.trinity.shell")
                            && !file.startsWith("io.trinity.deployer");

    private static final long STOP_MILLIS = 60_000;

    private final Path home;
    private final Framework framework;
    // Bundles read it where the framework has no such property; other scenarios set it.
    private final String homeOfOthers = System.clearProperty(Home.PROPERTY);

    /**
     * Starts it and all bundles, in the order of their files' names.
     *
     * @param folder where its home and its storage are made
     * @param properties of the framework, besides its storage
     * @param wanted tells by the file's name which of the distribution's bundles are installed
     * @param more files of further bundles
     */
    PlainFelix(Path folder, Map<String, String> properties, Predicate<String> wanted, Path... more)
            throws IOException, BundleException {
        home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("plugins"));
        Map<String, String> all = new HashMap<>(properties);
        all.put("org.osgi.framework.storage", folder.resolve("storage").toString());
        // Gogo's shell, where it is wanted, reads its profile there and no terminal.
        all.put("gosh.home", System.getProperty("trinity.distribution"));
        all.put("gosh.args", "--nointeractive");
        framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(all);
        try {
            framework.start();
            start(install(wanted, more));
        } catch (BundleException | IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Some SLF4J provider there must be: SLF4J 2 does not resolve without one. */
    static Path otherLogging() throws URISyntaxException {
        return Path.of(
                SimpleServiceProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
    }

    private List<Bundle> install(Predicate<String> wanted, Path... more)
            throws IOException, BundleException {
        List<Path> files = new ArrayList<>();
        Path distribution = Path.of(System.getProperty("trinity.distribution"), "bundles");
        try (Stream<Path> all = Files.list(distribution)) {
            all.filter(f -> wanted.test(f.getFileName().toString())).sorted().forEach(files::add);
        }
        assertTrue(distribution + " has " + files, files.size() > 20);
        files.addAll(List.of(more));
        List<Bundle> bundles = new ArrayList<>();
        for (Path file : files) {
            bundles.add(framework.getBundleContext().installBundle(file.toUri().toString()));
        }
        return bundles;
    }

    private static void start(List<Bundle> bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            int types = bundle.adapt(BundleRevision.class).getTypes();
            if ((types & BundleRevision.TYPE_FRAGMENT) == 0) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    /** Those whose symbolic name begins so. */
    List<Bundle> bundles(String prefix) {
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(b -> b.getSymbolicName().startsWith(prefix))
                .toList();
    }

    /** The one of that symbolic name. */
    Bundle bundle(String symbolicName) {
        return bundles(symbolicName).stream()
                .filter(b -> b.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    Path home() {
        return home;
    }

    /** Puts a fixture into the plugin folder, whole. */
    Path drop(String fixture, String fileName) throws IOException {
        Path source = Path.of(System.getProperty("trinity.fixtures"), fixture + ".wasm");
        return put("plugins/" + fileName, Files.readAllBytes(source));
    }

    /** Puts a file into place in the home, whole. */
    Path put(String path, byte[] bytes) throws IOException {
        Path aside = Files.write(home.resolve("aside"), bytes);
        Path target = home.resolve(path);
        return Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The state of a plugin in lower case, with its error if it has one; empty if unknown. */
    String state(String plugin) {
        Object registry = service("io.trinity.api.registry.PluginRegistry");
        String type = "io.trinity.api.registry.PluginRegistry";
        Optional<?> found = (Optional<?>) call(registry, type, "find", plugin);
        if (found.isEmpty()) {
            return "";
        }
        String snapshot = "io.trinity.api.plugin.PluginSnapshot";
        Object state = call(found.get(), snapshot, "state");
        Optional<?> error = (Optional<?>) call(found.get(), snapshot, "error");
        return call(state, "io.trinity.api.plugin.PluginState", "label")
                + error.map(e -> " " + e).orElse("");
    }

    void awaitState(String plugin, String state) {
        Scenario.await(plugin + " is " + state, () -> state(plugin).equals(state));
    }

    /** Makes a configuration, as another bundle would. */
    void configure(String factoryPid, String name, Map<String, String> values) {
        String type = "org.osgi.service.cm.ConfigurationAdmin";
        Object made = call(service(type), type, "getFactoryConfiguration", factoryPid, name, "?");
        Dictionary<String, String> dictionary = new Hashtable<>(values);
        call(made, "org.osgi.service.cm.Configuration", "update", dictionary);
    }

    /** A service that must come. */
    Object service(String type) {
        return service(type, null);
    }

    /** The same of one that a filter fits; null for any. */
    Object service(String type, String filter) {
        Scenario.await(type + " is a service", () -> find(type, filter).isPresent());
        return find(type, filter).orElseThrow();
    }

    private Optional<Object> find(String type, String filter) {
        try {
            ServiceReference<?>[] found =
                    framework.getBundleContext().getAllServiceReferences(type, filter);
            return Stream.ofNullable(found)
                    .flatMap(Stream::of)
                    .findFirst()
                    .map(framework.getBundleContext()::getService);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Properties of all services of a type. */
    List<Map<String, Object>> properties(String type) throws InvalidSyntaxException {
        List<Map<String, Object>> all = new ArrayList<>();
        ServiceReference<?>[] found =
                framework.getBundleContext().getAllServiceReferences(type, null);
        for (ServiceReference<?> r : found == null ? new ServiceReference<?>[0] : found) {
            Map<String, Object> properties = new HashMap<>();
            for (String key : r.getPropertyKeys()) {
                properties.put(key, r.getProperty(key));
            }
            all.add(properties);
        }
        return all;
    }

    /** Calls a public function of a type of the target's world, found by name and arity. */
    static Object call(Object target, String type, String function, Object... arguments) {
        try {
            Class<?> known = target.getClass().getClassLoader().loadClass(type);
            for (var method : known.getMethods()) {
                if (method.getName().equals(function)
                        && method.getParameterCount() == arguments.length
                        && accepts(method.getParameterTypes(), arguments)) {
                    return method.invoke(target, arguments);
                }
            }
            throw new AssertionError(type + " has no " + function);
        } catch (InvocationTargetException e) {
            throw new AssertionError(function + " failed: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean accepts(Class<?>[] parameters, Object[] arguments) {
        for (int i = 0; i < parameters.length; i++) {
            boolean primitive = parameters[i].isPrimitive();
            if (!primitive && !parameters[i].isInstance(Objects.requireNonNull(arguments[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_MILLIS);
        } catch (BundleException e) {
            throw new AssertionError("the framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (homeOfOthers != null) {
                System.setProperty(Home.PROPERTY, homeOfOthers);
            }
        }
    }
}
