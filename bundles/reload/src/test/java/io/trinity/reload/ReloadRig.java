package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reload's decisions over a folder of files, with steps that are taken when the test says so and
 * everything on the test's own thread.
 */
final class ReloadRig {
    /** How long a file has to rest. */
    static final int DEBOUNCE_MILLIS = 500;

    private static final int MOST_STEPS = 500;

    final Path folder;
    FakePlugins plugins = new FakePlugins();
    FakeSteps steps;
    Committed committed;
    FolderEvents events;
    PluginCommands commands;
    NameLookup names;

    /** Files that were not there at the last look, and have not been away for long enough. */
    final Set<Path> away = new HashSet<>();

    /** Whether the folder is held to be one that is not mounted. */
    boolean held;

    /** The folder as it is looked at; the test says when. */
    FolderWatch watch;

    final Path store;

    /** Bundles that are kept over a restart, by the digest of their file. */
    final Map<String, Manifest> bundles = new HashMap<>();

    private final Deque<Runnable> elsewhere = new ArrayDeque<>();
    private final Deque<Runnable> home = new ArrayDeque<>();

    ReloadRig(Path root) throws IOException {
        folder = Files.createDirectory(root.resolve("plugins"));
        store = Files.createDirectory(root.resolve("data"));
        life();
    }

    /** The host's process begins, with what an earlier one has stored. */
    void life() {
        elsewhere.clear();
        home.clear();
        plugins = new FakePlugins();
        committed = new Committed(new CommitStore(store));
        steps = new FakeSteps(plugins, committed, bundles);
        OffPlugins off = new OffPlugins(store.resolve("disabled"));
        FolderChanges changes = new FolderChanges();
        FoundFiles files =
                new FoundFiles(
                        f -> away.contains(f) || changes.isAway(f),
                        f -> away.contains(f) || changes.isSettling(f),
                        off);
        events =
                new FolderEvents(
                        folder,
                        plugins,
                        plugins,
                        steps,
                        committed,
                        off,
                        files,
                        new Work(elsewhere::add, home::add),
                        () -> held || changes.held().isPresent());
        watch = new FolderWatch(folder, changes, events, committed, () -> DEBOUNCE_MILLIS);
        commands = new PluginCommands(folder, plugins, off, files, events, events::examine);
        names = new NameLookup(folder, plugins, files);
    }

    /** The first look, and all that follows from it. */
    void boot() throws IOException {
        bootUnsettled();
        settle();
    }

    /** The first look; nothing of what it begins is done yet. */
    void bootUnsettled() throws IOException {
        List<Path> there;
        try (Stream<Path> files = Files.list(folder)) {
            there = files.sorted().toList();
        }
        events.reconciler().recall();
        events.boot(there);
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    void write(String file, String text) {
        try {
            Files.writeString(path(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file has come or changed, and rests. */
    void drop(String file, String text) {
        write(file, text);
        events.examine(path(file));
    }

    /** A file goes, and nobody has seen it yet. */
    void delete(String file) {
        try {
            Files.delete(path(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file is gone, and has been for long enough. */
    void remove(String file) {
        delete(file);
        events.gone(path(file));
    }

    /** The folder is looked at, so many milliseconds after the test began. */
    void look(long atMillis) {
        watch.look(TimeUnit.MILLISECONDS.toNanos(atMillis));
    }

    /** A file has another name; what came is looked into first. */
    void move(String from, String to) {
        try {
            Files.move(path(from), path(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        away.add(path(from));
        events.examine(path(to));
        settle();
        away.remove(path(from));
        events.gone(path(from));
    }

    CompletableFuture<PluginSnapshot> load(String name) {
        return asked(answer -> commands.load(name, false, answer));
    }

    CompletableFuture<PluginSnapshot> reload(String name) {
        return asked(answer -> commands.load(name, true, answer));
    }

    CompletableFuture<PluginSnapshot> unload(String name) {
        return asked(answer -> commands.unload(name, answer));
    }

    private static CompletableFuture<PluginSnapshot> asked(
            Consumer<CompletableFuture<PluginSnapshot>> begin) {
        CompletableFuture<PluginSnapshot> answer = new CompletableFuture<>();
        begin.accept(answer);
        return answer;
    }

    /** What was begun is done, until there is nothing more. */
    void settle() {
        for (int steps = 0; step(); steps++) {
            if (steps > MOST_STEPS) {
                throw new AssertionError("no end of it: " + this.steps.taken.subList(0, 20));
            }
        }
    }

    /** One step of what was begun; its result is taken in. */
    boolean step() {
        return done(elsewhere.pollFirst());
    }

    /** The same, of the steps that were begun the latest one first, as another thread might. */
    boolean latestStep() {
        return done(elsewhere.pollLast());
    }

    private boolean done(@Nullable Runnable next) {
        if (next == null) {
            return false;
        }
        next.run();
        while (!home.isEmpty()) {
            home.remove().run();
        }
        return true;
    }

    String line(String plugin) {
        return plugins.line(plugin);
    }
}
