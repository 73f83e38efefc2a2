package io.trinity.wrapper;

import io.trinity.api.engine.StrippedModule;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The activator of every generated bundle: the bundle's lifecycle is the plugin's. STARTING is
 * loading, an exception from {@link #start} leaves the bundle RESOLVED with the cause, STOPPING is
 * draining.
 */
public final class PluginActivator implements BundleActivator {
    private @Nullable BundledGeneration generation;

    /** For the framework. */
    public PluginActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        Bundle bundle = context.getBundle();
        GenerationSource source = source(bundle);
        BundleContext ours = ours(context);
        PluginLifecycle lifecycle = service(ours, PluginLifecycle.class, source.ref());
        Sandbox sandbox = service(ours, Sandbox.class, source.ref());
        BundledGeneration starting = new BundledGeneration(lifecycle);
        starting.open(source, sandbox, bundle.getBundleId());
        generation = starting;
    }

    @Override
    public void stop(BundleContext context) {
        BundledGeneration stopping = generation;
        generation = null;
        if (stopping != null) {
            stopping.close();
        }
    }

    /**
     * The manifest in a generated bundle, resolved or not.
     *
     * @throws PluginException BUNDLE_FAILED if it is not a generated bundle
     */
    public static Manifest manifestOf(Bundle bundle) {
        PluginRef who = PluginRef.named(bundle.getSymbolicName());
        try {
            return ManifestReader.read(who, entry(bundle, BundleWriter.MANIFEST_ENTRY)).manifest();
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.BUNDLE_FAILED, who, "its manifest cannot be read: " + e, "", e);
        }
    }

    private static GenerationSource source(Bundle bundle) throws IOException {
        Manifest manifest = manifestOf(bundle);
        StrippedModule module =
                new StrippedModule(
                        entry(bundle, BundleWriter.MODULE_ENTRY),
                        header(bundle, BundleWriter.MAIN_CLASS),
                        header(bundle, BundleWriter.BUILD));
        // Installed by hand from some other place: the bundle's id serves as the generation.
        long number =
                BundleLocation.parse(bundle.getLocation())
                        .map(BundleLocation::generation)
                        .orElse(bundle.getBundleId());
        ClassLoader classes =
                Optional.ofNullable(bundle.adapt(BundleWiring.class))
                        .map(BundleWiring::getClassLoader)
                        .orElseThrow(() -> new IllegalStateException("no wiring: " + bundle));
        return new GenerationSource(
                manifest, number, header(bundle, BundleWriter.DIGEST), module, classes);
    }

    /**
     * What the sandbox needs of a resolved generated bundle.
     *
     * @throws IllegalStateException if it is not a generated bundle
     */
    public static GenerationSource sourceOf(Bundle bundle) {
        try {
            return source(bundle);
        } catch (IOException e) {
            throw new IllegalStateException("not a generated bundle: " + bundle.getLocation(), e);
        }
    }

    private static String header(Bundle bundle, String name) {
        String value = bundle.getHeaders("").get(name);
        if (value == null) {
            throw new IllegalStateException("header " + name + " is missing in " + bundle);
        }
        return value;
    }

    private static byte[] entry(Bundle bundle, String name) throws IOException {
        URL url = bundle.getEntry(name);
        if (url == null) {
            throw new IllegalStateException("entry " + name + " is missing in " + bundle);
        }
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }

    /**
     * The context of the bundle that this class is of. Felix keeps whoever has ever got a service,
     * uninstalled or not, until that service goes (ServiceRegistry's map of uses); generated
     * bundles come and go, and must not stay there.
     */
    private static BundleContext ours(BundleContext generated) {
        Bundle bundle = FrameworkUtil.getBundle(PluginActivator.class);
        BundleContext context = bundle == null ? null : bundle.getBundleContext();
        return context == null ? generated : context;
    }

    private static <T> T service(BundleContext context, Class<T> type, PluginRef who) {
        ServiceReference<T> reference = context.getServiceReference(type);
        T service = reference == null ? null : context.getService(reference);
        if (service == null) {
            throw PluginException.of(
                    ErrorCode.BUNDLE_FAILED,
                    who,
                    "service " + type.getSimpleName() + " is not there",
                    "start Trinity's bundles before generated ones");
        }
        return service;
    }
}
