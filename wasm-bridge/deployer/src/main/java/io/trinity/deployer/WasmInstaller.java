package io.trinity.deployer;

import io.trinity.api.home.Home;
import io.trinity.api.reload.Reloader;
import java.io.File;
import java.nio.file.Path;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * FileInstall's way to plugins. Its callbacks return at once and never throw: one that waited would
 * hold up all other files, and FileInstall does not try again after an exception.
 */
@Component(service = ArtifactInstaller.class, immediate = true)
public final class WasmInstaller implements ArtifactInstaller {
    private final Reloader reloader;
    private final Path folder;

    /** For DS. */
    @Activate
    public WasmInstaller(BundleContext context, @Reference Reloader reloader) {
        this.reloader = reloader;
        this.folder = Home.of(context.getProperty(Home.PROPERTY)).plugins();
    }

    /**
     * Whatever in the plugin folder ends in .wasm, be it a directory: reload says what is wrong
     * with it.
     */
    @Override
    public boolean canHandle(File artifact) {
        return artifact.getName().endsWith(".wasm")
                && artifact.toPath().toAbsolutePath().normalize().startsWith(folder);
    }

    @Override
    public void install(File artifact) {
        reloader.changed(path(artifact));
    }

    @Override
    public void update(File artifact) {
        reloader.changed(path(artifact));
    }

    @Override
    public void uninstall(File artifact) {
        reloader.removed(path(artifact));
    }

    private static Path path(File artifact) {
        return artifact.toPath().toAbsolutePath().normalize();
    }
}
