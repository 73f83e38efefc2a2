package io.trinity.testkit.contract;

import io.trinity.api.home.Home;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework with Declarative Services and the bundle that the module at hand is, from its {@code
 * target/classes}. Its services and those of the test have the same classes, the test's.
 */
public final class ServiceHouse implements AutoCloseable {
    private static final Pattern CLAUSE =
            Pattern.compile("([\\w.]+)((?:;[^,\"]*(?:\"[^\"]*\")?)*)");
    private static final Pattern VERSION = Pattern.compile("version=\"?\\[?([0-9.]+)");

    private static final List<String> SHARED =
            List.of(
                    "io.trinity.",
                    "org.slf4j",
                    "org.osgi.service.component",
                    "org.osgi.util.promise");

    private final Framework framework;
    private final Bundle bundle;

    private ServiceHouse(Framework framework, Bundle bundle) {
        this.framework = framework;
        this.bundle = bundle;
    }

    /**
     * Starts it.
     *
     * @param cache a folder that is its own
     * @param properties the framework's; where they name a home, it is a service as well
     * @param libraries beginnings of packages that the test's class path provides to the bundle,
     *     besides those of the project
     */
    public static ServiceHouse open(Path cache, Map<String, String> properties, String... libraries)
            throws BundleException {
        Path classes = Path.of("target", "classes").toAbsolutePath();
        Path services = declarativeServices();
        Map<String, String> packages = new TreeMap<>();
        List<String> shared = new ArrayList<>(SHARED);
        shared.addAll(List.of(libraries));
        packages.putAll(imports(classes.toUri() + "META-INF/MANIFEST.MF", shared));
        packages.putAll(imports("jar:" + services.toUri() + "!/META-INF/MANIFEST.MF", shared));
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                packages.entrySet().stream()
                        .map(p -> p.getKey() + ";version=" + p.getValue())
                        .collect(Collectors.joining(",")));
        Framework framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(configuration);
        framework.start();
        BundleContext context = framework.getBundleContext();
        context.installBundle(services.toUri().toString()).start();
        if (properties.containsKey(Home.PROPERTY)) {
            Home home = Home.of(properties.get(Home.PROPERTY));
            context.registerService(Home.class, home, null);
        }
        Bundle bundle = context.installBundle("reference:" + classes.toUri());
        bundle.start();
        return new ServiceHouse(framework, bundle);
    }

    /** Sees all services. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** The bundle of the module. */
    public Bundle bundle() {
        return bundle;
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private static Path declarativeServices() {
        return Arrays.stream(
                        System.getProperty("java.class.path")
                                .split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .filter(p -> p.getFileName().toString().startsWith("org.apache.felix.scr-"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no org.apache.felix.scr to test with"));
    }

    /** Packages that a bundle imports and the framework does not have itself, with versions. */
    private static Map<String, String> imports(String manifest, List<String> shared) {
        Map<String, String> packages = new TreeMap<>();
        try (InputStream in = URI.create(manifest).toURL().openStream()) {
            String header = new Manifest(in).getMainAttributes().getValue("Import-Package");
            Matcher clause = CLAUSE.matcher(header);
            while (clause.find()) {
                Matcher version = VERSION.matcher(clause.group(2));
                if (shared.stream().anyMatch(clause.group(1)::startsWith)) {
                    packages.put(clause.group(1), version.find() ? version.group(1) : "0");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packages;
    }
}
