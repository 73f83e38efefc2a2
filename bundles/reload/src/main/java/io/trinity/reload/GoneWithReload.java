package io.trinity.reload;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uninstalls the generated bundles when reload is uninstalled: nobody else knows them, and without
 * Trinity they cannot even resolve. While reload is only stopped, updated or refreshed, and when
 * the framework stops, they stay: the next start serves from them.
 *
 * <p>It listens through the system bundle's context, since a bundle's own listeners end when the
 * bundle stops, which is before it is uninstalled. It outlives the component, which ends earlier
 * still where a bundle that it needs is stopped first, and ends when reload is started again.
 */
final class GoneWithReload implements SynchronousBundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(GoneWithReload.class);

    /** At most one listens: the component may end and begin again while the bundle is active. */
    private static final AtomicReference<@Nullable GoneWithReload> LISTENING =
            new AtomicReference<>();

    private final Bundle reload;
    private final BundleContext system;
    private final GeneratedBundles generated;

    /**
     * Not yet listening.
     *
     * @param reload the bundle
     * @param system the system bundle's context
     */
    GoneWithReload(Bundle reload, BundleContext system, GeneratedBundles generated) {
        this.reload = reload;
        this.system = system;
        this.generated = generated;
    }

    /** Listens, in place of the one that listened before. */
    void begin() {
        GoneWithReload before = LISTENING.getAndSet(this);
        if (before != null) {
            system.removeBundleListener(before);
        }
        system.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getBundle().getBundleId() != reload.getBundleId()) {
            return;
        }
        if (event.getType() == BundleEvent.STARTING) {
            system.removeBundleListener(this);
        } else if (event.getType() == BundleEvent.UNINSTALLED) {
            system.removeBundleListener(this);
            for (Bundle bundle : generated.all()) {
                LOG.info("bundle={} is uninstalled, as reload is", bundle);
                generated.remove(bundle);
            }
        }
    }
}
