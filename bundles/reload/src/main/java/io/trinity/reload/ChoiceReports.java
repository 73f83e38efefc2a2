package io.trinity.reload;

import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.registry.PluginLifecycle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told and stored of a {@link Choice} for which no step is taken: which file stands for
 * what serves, and why nothing newer does. On reload's one thread.
 */
final class ChoiceReports {
    private static final Logger LOG = LoggerFactory.getLogger(ChoiceReports.class);

    private final PluginLifecycle lifecycle;
    private final Committed committed;
    private final FoundFiles files;
    private final FileListing listing;

    ChoiceReports(
            PluginLifecycle lifecycle, Committed committed, FoundFiles files, FileListing listing) {
        this.lifecycle = lifecycle;
        this.committed = committed;
        this.files = files;
        this.listing = listing;
    }

    /** A file is what serves. */
    void serves(String plugin, String file) {
        Commit commit = committed.find(plugin).orElseThrow();
        if (!commit.file().equals(file)) {
            LOG.info(
                    "plugin={} file={} stands for it now, in place of {}",
                    plugin,
                    PluginRef.field(file),
                    PluginRef.field(commit.file()));
            move(commit, file);
        }
        files.named(file).ifPresent(listing::unlist);
        lifecycle.confirmed(plugin, file);
    }

    /** It serves on; why nothing newer does is kept beside it. */
    void goesOn(String plugin, String file) {
        Commit commit = committed.find(plugin).orElseThrow();
        if (!commit.file().equals(file)) {
            LOG.warn(
                    "plugin={} generation={} serves on: its file {} is gone, and {} is refused",
                    plugin,
                    commit.generation(),
                    PluginRef.field(commit.file()),
                    PluginRef.field(file));
            move(commit, file);
        }
        Optional<FoundFile> found = files.named(file);
        Optional<PluginException> refusal = found.flatMap(f -> f.refusal);
        if (refusal.isEmpty()) {
            // Taken away a moment ago, or being put back: it is looked into when it rests.
            return;
        }
        Optional<String> other = found.get().plugin().filter(p -> !p.equals(plugin));
        if (other.isEmpty()) {
            listing.unlist(found.get());
        }
        lifecycle.failed(
                plugin,
                file,
                other.map(o -> renamed(plugin, file, o, refusal.get())).orElse(refusal.get()));
    }

    /** Nothing serves, and this is the first of the files that were refused. */
    void refused(String plugin, FoundFile first) {
        listing.unlist(first);
        lifecycle.failed(plugin, first.name(), first.refusal.orElseThrow());
    }

    private void move(Commit c, String file) {
        committed.moved(new Commit(c.plugin(), file, c.generation(), c.digest()));
    }

    private static PluginException renamed(
            String plugin, String file, String other, PluginException refusal) {
        return PluginException.of(
                refusal.code(),
                PluginRef.named(plugin),
                "its file '%s' brings plugin '%s' now, which is refused; what served serves on"
                        .formatted(file, other),
                "plugin:why " + other + " tells why; mend the name in the manifest, or that");
    }
}
