package io.trinity.reload;

import io.trinity.api.home.FileWords;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.wrapper.BundleLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generated bundles within the framework. */
final class GeneratedBundles {
    private static final Logger LOG = LoggerFactory.getLogger(GeneratedBundles.class);

    private final BundleContext context;

    /**
     * The system bundle's context: bundles installed through it are not bound to this bundle's
     * lifecycle, and hooks of this bundle's do not hide them.
     */
    private final BundleContext system;

    GeneratedBundles(BundleContext context) {
        this.context = context;
        BundleContext c = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        this.system = c == null ? context : c;
    }

    /** Makes them go when the bundle that this is of is uninstalled. Not listening yet. */
    GoneWithReload goneWithReload() {
        return new GoneWithReload(context.getBundle(), system, this);
    }

    /** All generated bundles that are installed. */
    List<Bundle> all() {
        List<Bundle> found = new ArrayList<>();
        for (Bundle b : system.getBundles()) {
            if (BundleLocation.parse(b.getLocation()).isPresent()) {
                found.add(b);
            }
        }
        return found;
    }

    /** Those of one plugin. */
    List<Bundle> of(String plugin) {
        return all().stream()
                .filter(
                        b ->
                                BundleLocation.parse(b.getLocation())
                                        .filter(l -> l.plugin().equals(plugin))
                                        .isPresent())
                .toList();
    }

    /** All bundles whose location begins so. */
    List<Bundle> all(String prefix) {
        return Stream.of(system.getBundles())
                .filter(b -> b.getLocation().startsWith(prefix))
                .toList();
    }

    Optional<Bundle> find(BundleLocation location) {
        return Optional.ofNullable(system.getBundle(location.toString()));
    }

    Optional<Bundle> find(long bundleId) {
        return Optional.ofNullable(system.getBundle(bundleId));
    }

    /**
     * Installs a bundle.
     *
     * @throws PluginException BUNDLE_FAILED; STORE_FAILED where the framework cannot write it
     */
    Bundle install(PluginRef who, String location, byte[] bytes) {
        try {
            return system.installBundle(location, new ByteArrayInputStream(bytes));
        } catch (BundleException e) {
            throw unwritten(who, e)
                    .orElseGet(() -> failed(who, "its bundle cannot be installed", e));
        }
    }

    /**
     * Resolves a bundle without starting it.
     *
     * @throws PluginException BUNDLE_FAILED
     */
    void resolve(PluginRef who, Bundle bundle) {
        FrameworkWiring wiring =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        if (wiring == null || !wiring.resolveBundles(List.of(bundle))) {
            throw PluginException.of(
                    ErrorCode.BUNDLE_FAILED,
                    who,
                    "its bundle cannot be resolved",
                    "a package or capability that it needs is not there; see the log");
        }
    }

    /**
     * Starts a bundle, for this run of the framework only: at the next boot it is for reload to
     * decide. Its start level stays the framework's initial one, which reload itself has reached: a
     * transient start beyond the present level is refused (OSGi Core R8 §10.2.4).
     *
     * @throws PluginException what its activator threw; BUNDLE_FAILED where it did not come so far
     */
    void start(PluginRef who, Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof PluginException p) {
                    throw p;
                }
            }
            throw failed(who, "its bundle cannot be started", e);
        }
    }

    /**
     * Stops (which drains) and uninstalls a bundle; what fails is told of, since nobody can mend
     * it.
     */
    void remove(Bundle bundle) {
        try {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        } catch (BundleException e) {
            LOG.error("code=BUNDLE_FAILED bundle={} cannot be uninstalled", bundle, e);
        }
    }

    /** A full disk, most often. */
    private static Optional<PluginException> unwritten(PluginRef who, BundleException e) {
        for (@Nullable Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException io) {
                return Optional.of(
                        PluginException.of(
                                ErrorCode.STORE_FAILED,
                                who,
                                "its bundle cannot be written: " + FileWords.of(io),
                                "make room on the disk and check who may write to data/; it is"
                                        + " tried again every minute",
                                e));
            }
        }
        return Optional.empty();
    }

    private static PluginException failed(PluginRef who, String what, BundleException e) {
        return PluginException.of(
                ErrorCode.BUNDLE_FAILED,
                who,
                what + ": " + e.getMessage(),
                e.getType() == BundleException.RESOLVE_ERROR
                        ? "a package or capability that it needs is not there; see the log"
                        : "see the log",
                e);
    }
}
