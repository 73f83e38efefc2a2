package io.trinity.deployer;

import io.trinity.api.reload.Reloader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;

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

    /**
     * Whatever in the plugin folder ends in .wasm, however that folder was reached; reload says
     * what is wrong with it.
     */
    @Override
    public boolean canHandle(File artifact) {
        return artifact.getName().toLowerCase(Locale.ROOT).endsWith(".wasm")
                && (path(artifact).startsWith(folder) || isFolder(path(artifact).getParent()));
    }

    private boolean isFolder(@Nullable Path parent) {
        try {
            return parent != null && Files.isSameFile(parent, folder);
        } catch (IOException e) {
            return false;
        }
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
