package io.trinity.reload;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What it means that somebody loads, reloads or unloads a plugin: its name is switched on or off,
 * its file is looked into, and when all that follows has been done he is answered. On reload's one
 * thread and nowhere else; nothing here waits.
 */
final class PluginCommands {
    private final Path folder;
    private final PluginRegistry registry;
    private final OffPlugins off;
    private final FoundFiles files;
    private final FolderEvents events;
    private final NameLookup names;
    private final Consumer<Path> look;

    /**
     * @param look looks into a file now, whether it has changed or not
     */
    PluginCommands(
            Path folder,
            PluginRegistry registry,
            OffPlugins off,
            FoundFiles files,
            FolderEvents events,
            Consumer<Path> look) {
        this.folder = folder;
        this.registry = registry;
        this.off = off;
        this.files = files;
        this.events = events;
        this.names = new NameLookup(folder, registry, files);
        this.look = look;
    }

    /**
     * Loads what a name means; it is off no longer.
     *
     * @param again whether also where its bytes are those that serve
     * @param answer completed with what the file is listed as, or why it does not serve
     * @throws PluginException NOT_FOUND; STORE_FAILED, and nothing has changed then
     */
    void load(String name, boolean again, CompletableFuture<PluginSnapshot> answer) {
        boolean was = on(name, name);
        Path file;
        try {
            file = names.file(name);
        } catch (PluginException e) {
            throw was ? offAndGone(e) : e;
        }
        on(PluginFile.key(file), FoundFile.name(file));
        look.accept(file);
        when(Optional.of(file), "", answer, () -> examined(file, again, answer));
    }

    /** What fails when it is done at last is the answer, for which somebody waits. */
    private void when(
            Optional<Path> file, String plugin, CompletableFuture<?> answer, Runnable then) {
        events.when(
                file,
                plugin,
                () -> {
                    try {
                        then.run();
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
    }

    private PluginException offAndGone(PluginException e) {
        return PluginException.of(
                ErrorCode.NOT_FOUND,
                e.plugin(),
                "it is off no longer, and there is no file of it in " + folder,
                "put its file there; it is loaded then");
    }

    private void examined(Path file, boolean again, CompletableFuture<PluginSnapshot> answer) {
        Optional<FoundFile> found = files.find(file);
        Optional<String> plugin = found.flatMap(FoundFile::plugin);
        if (plugin.isEmpty()) {
            answer(file, answer);
            return;
        }
        on(plugin.get(), FoundFile.name(file));
        // What it was refused for may be over.
        found.get().refusal = Optional.empty();
        if (again) {
            events.reconciler().reconcileAnew(plugin.get());
        } else {
            events.reconciler().reconcile(plugin.get());
        }
        when(Optional.of(file), plugin.get(), answer, () -> answer(file, answer));
    }

    private void answer(Path file, CompletableFuture<PluginSnapshot> answer) {
        Optional<PluginException> fault = files.find(file).flatMap(FoundFile::fault);
        if (fault.isPresent()) {
            answer.completeExceptionally(fault.get());
            return;
        }
        answerWith(events.listing().nameOf(file), answer);
    }

    private void answerWith(String plugin, CompletableFuture<PluginSnapshot> answer) {
        Optional<PluginSnapshot> now = registry.find(plugin);
        if (now.isPresent()) {
            answer.complete(now.get());
        } else {
            answer.completeExceptionally(
                    PluginException.of(
                            ErrorCode.NOT_FOUND,
                            PluginRef.named(plugin),
                            "it has gone meanwhile",
                            "plugin:list shows those that there are"));
        }
    }

    /**
     * Unloads what a name means; it is off from now on.
     *
     * @param answer completed with what it is listed as then
     * @throws PluginException NOT_FOUND; STORE_FAILED, and nothing has changed then
     */
    void unload(String name, CompletableFuture<PluginSnapshot> answer) {
        Path file = names.file(name);
        if (files.find(file).isEmpty() && events.isExamining(file)) {
            // Nobody knows yet what it brings.
            when(Optional.of(file), "", answer, () -> unload(file, answer));
        } else {
            unload(file, answer);
        }
    }

    private void unload(Path file, CompletableFuture<PluginSnapshot> answer) {
        String plugin = events.listing().nameOf(file);
        off(plugin, FoundFile.name(file));
        events.reconciler().giveUp(plugin);
        when(Optional.empty(), plugin, answer, () -> answerWith(plugin, answer));
    }

    private void off(String plugin, String file) {
        off.add(plugin, file);
        ReloadAudit.event("disabled", plugin, file);
        Optional<FoundFile> alone = files.named(file).filter(f -> f.key().equals(plugin));
        if (alone.isPresent()) {
            events.listing().list(alone.get());
            alone.get().plugin().ifPresent(events.reconciler()::reconcile);
        } else {
            events.reconciler().reconcile(plugin);
        }
    }

    private boolean on(String plugin, String file) {
        boolean was = off.remove(plugin);
        if (was) {
            ReloadAudit.event("enabled", plugin, file);
        }
        return was;
    }
}
