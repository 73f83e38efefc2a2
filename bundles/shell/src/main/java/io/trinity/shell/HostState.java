package io.trinity.shell;

import io.trinity.api.hook.HookBus;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import io.trinity.api.storage.StorageBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Looks at the framework: is everything up that the distribution brought? */
final class HostState {
    /** Location scheme of host bundles; generated plugin bundles have another and do not count. */
    private static final String HOST_LOCATION = "reference:";

    /** What a bundle must have registered itself, where it is installed. */
    private static final Map<String, Class<?>> SERVICES =
            Map.of(
                    "io.trinity.registry",
                    PluginRegistry.class,
                    "io.trinity.reload",
                    Reloader.class,
                    "io.trinity.hooks",
                    HookBus.class,
                    "io.trinity.storage",
                    StorageBackend.class);

    /** In the location of what is installed and not started until it is needed. */
    private static final String ON_DEMAND = "/on-demand/";

    private HostState() {}

    /**
     * Observes.
     *
     * @param reloader who brings the plugins of the last run back; null where nobody does
     */
    static Readiness of(BundleContext context, @Nullable Reloader reloader) {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        int now = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        int wanted =
                Integer.parseInt(
                        orElse(context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL), "1"));
        List<String> idle = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(HOST_LOCATION)) {
                if (bundle.getState() != Bundle.ACTIVE
                        && !isFragment(bundle)
                        && !bundle.getLocation().contains(ON_DEMAND)) {
                    idle.add(bundle.getSymbolicName());
                }
                Class<?> service = SERVICES.get(bundle.getSymbolicName());
                if (service != null && !registers(bundle, service)) {
                    missing.add(service.getSimpleName());
                }
            }
        }
        return Readiness.of(now, wanted, idle, missing, reloader == null || reloader.restored());
    }

    private static boolean registers(Bundle bundle, Class<?> service) {
        ServiceReference<?>[] own = bundle.getRegisteredServices();
        return own != null
                && Stream.of(own)
                        .flatMap(r -> Stream.of((String[]) r.getProperty(Constants.OBJECTCLASS)))
                        .anyMatch(service.getName()::equals);
    }

    private static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
