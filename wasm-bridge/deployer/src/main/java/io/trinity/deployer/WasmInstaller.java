package io.trinity.deployer;

import io.trinity.api.reload.Reloader;
import java.io.File;
import java.nio.file.Path;
import org.apache.felix.fileinstall.ArtifactInstaller;

/**
 * FileInstall's way to plugins. Its callbacks return at once and never throw: one that waited would
 * hold up all other files, and FileInstall does not try again after an exception.
 */
final class WasmInstaller implements ArtifactInstaller {
    private final Reloader reloader;
    private final Path folder;

    /**
     * @param folder the plugin folder, absolute and normalised
     */
    WasmInstaller(Reloader reloader, Path folder) {
        this.reloader = reloader;
        this.folder = folder;
    }

    /** Whatever in the plugin folder ends in .wasm; reload says what is wrong with it. */
    @Override
    public boolean canHandle(File artifact) {
        return artifact.getName().endsWith(".wasm") && path(artifact).startsWith(folder);
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
