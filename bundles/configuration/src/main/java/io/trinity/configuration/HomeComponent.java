package io.trinity.configuration;

import io.trinity.api.home.Home;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home as a service. Whatever needs one waits for it; where the framework names none, nothing
 * of that begins, and one line says what to do.
 */
@Component(
        immediate = true,
        service = {})
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.trinity.api.home.Home\"",
        effective = "active")
public final class HomeComponent {
    private static final Logger LOG = LoggerFactory.getLogger(HomeComponent.class);

    private final @Nullable ServiceRegistration<Home> registration;

    /** For DS. */
    @Activate
    public HomeComponent(BundleContext context) {
        registration = register(context);
    }

    private static @Nullable ServiceRegistration<Home> register(BundleContext context) {
        try {
            Home home = Home.of(context.getProperty(Home.PROPERTY));
            return context.registerService(Home.class, home, null);
        } catch (IllegalStateException e) {
            LOG.error("code=CONFIG_INVALID Trinity does not begin: {}", e.getMessage());
            return null;
        }
    }

    @Deactivate
    void deactivate() {
        if (registration != null) {
            registration.unregister();
        }
    }
}
