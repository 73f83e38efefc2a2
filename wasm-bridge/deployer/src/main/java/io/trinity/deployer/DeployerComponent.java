package io.trinity.deployer;

import io.trinity.api.home.Home;
import io.trinity.api.reload.Reloader;
import java.nio.file.Path;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what a FileInstall that watches the plugin folder sees. Reload looks at that folder
 * itself and needs nobody for it; in a framework where FileInstall watches it too, this tells
 * FileInstall that somebody takes care of these files, and reload hears of them at once.
 *
 * <p>The installer is registered by hand, complete, and not as a component's service: FileInstall
 * takes a service the moment it is announced and only once. Where Declarative Services could not
 * make one at that moment (the reload component below it was still being activated), FileInstall
 * got none and no plugin was ever seen.
 */
@Component(
        immediate = true,
        service = {})
public final class DeployerComponent {
    private static final Logger LOG = LoggerFactory.getLogger(DeployerComponent.class);

    private final ServiceRegistration<ArtifactInstaller> installer;

    /** For DS. */
    @Activate
    public DeployerComponent(
            BundleContext context, @Reference Home home, @Reference Reloader reloader) {
        Path folder = home.plugins();
        installer =
                context.registerService(
                        ArtifactInstaller.class, new WasmInstaller(reloader, folder), null);
        LOG.info("deployer active plugins={}", folder);
    }

    @Deactivate
    void deactivate() {
        installer.unregister();
    }
}
