package io.trinity.reload;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Under which name each file is listed: that of the plugin for which it stands, or its own, with
 * the reason why it does not serve. On reload's one thread.
 */
final class FileListing {
    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;
    private final OffPlugins off;
    private final FoundFiles files;
    private final ServedFiles served;

    FileListing(
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            OffPlugins off,
            FoundFiles files,
            ServedFiles served) {
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.off = off;
        this.files = files;
        this.served = served;
    }

    /** Lists a file under its own name where it is not what stands for a plugin. */
    void list(FoundFile f) {
        if (files.find(f.path()).filter(g -> g == f).isEmpty()) {
            return;
        }
        if (off.contains(f.key())) {
            f.listed = true;
            lifecycle.disabled(f.key(), f.name(), true);
            return;
        }
        Optional<PluginException> fault = f.fault();
        if (fault.isEmpty() || standsFor(f).isPresent()) {
            unlist(f);
            return;
        }
        f.listed = true;
        if (registry.find(f.key()).filter(PluginSnapshot::disabled).isPresent()) {
            lifecycle.disabled(f.key(), f.name(), false);
        }
        lifecycle.failed(f.key(), f.name(), fault.get());
    }

    /** A file is listed under its own name no longer. */
    void unlist(FoundFile f) {
        if (!f.listed) {
            return;
        }
        f.listed = false;
        lifecycle.forget(f.key());
    }

    /**
     * A file stands for a plugin: the others that bring it are listed under their own names, with
     * the reason.
     */
    void outrank(String plugin, String owner) {
        for (FoundFile f : files.bringing(plugin)) {
            boolean first = f.name().equals(owner);
            f.outranked =
                    first || f.refusal.isPresent() || !files.counts(f)
                            ? Optional.empty()
                            : Optional.of(taken(plugin, owner, f));
            if (!first) {
                list(f);
            }
        }
    }

    private PluginException taken(String plugin, String owner, FoundFile f) {
        String version =
                registry.find(plugin).map(s -> s.version().toString()).orElse("another version");
        return PluginException.of(
                ErrorCode.NAME_TAKEN,
                f.manifest.orElseThrow().ref(),
                "'%s' brings a plugin of this name, version %s, and so does '%s': %s serves"
                        .formatted(
                                PluginFile.printable(owner),
                                version,
                                f.key(),
                                "the higher version, and of equal ones the first,"),
                "remove one of the two files, or change the name in one manifest");
    }

    /** The plugin under which a file is listed: it came from it, or was refused with it. */
    private Optional<String> standsFor(FoundFile f) {
        Optional<String> declared = f.plugin();
        List<String> from = served.cameFrom(f.name());
        if (declared.isEmpty()) {
            return from.stream().findFirst();
        }
        String plugin = declared.get();
        boolean fromOther =
                registry.find(plugin).filter(s -> !s.file().equals(f.name())).isPresent();
        return from.contains(plugin) || f.outranked.isEmpty() && !fromOther
                ? declared
                : Optional.empty();
    }

    /** Under what a file is listed: its plugin, or itself. */
    String nameOf(Path file) {
        return files.find(file)
                .map(f -> f.listed ? f.key() : standsFor(f).orElse(f.key()))
                .orElse(PluginFile.key(file));
    }
}
