package io.trinity.reload;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.engine.Engine;
import io.trinity.api.home.Home;
import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reload as a service: looks at the plugin folder again and again, waits until what has changed
 * there is still, and has it loaded, one by one. Who else sees files come and go may tell; then it
 * is looked at once.
 */
@Component(
        service = {Reloader.class, ConfigurationListener.class},
        immediate = true,
        configurationPid = ReloadComponent.PID)
@Designate(ocd = ReloadComponent.Config.class)
public final class ReloadComponent implements Reloader, ConfigurationListener {
    static final String PID = "io.trinity.reload";

    /** Those who read the same change come first. */
    private static final int RETRY_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ReloadComponent.class);

    @ObjectClassDefinition(name = "Trinity reload", description = "How files become plugins")
    @interface Config {
        @AttributeDefinition(
                name = "Debounce",
                description =
                        "How long a file must have been left alone before it is read, in"
                                + " milliseconds, 0 to 60000",
                min = "0",
                max = "60000")
        int debounceMillis() default 500;

        @AttributeDefinition(
                name = "Poll",
                description =
                        "Time between two looks at the plugin folder, in milliseconds, 10 to 60000",
                min = "10",
                max = "60000")
        int pollMillis() default 200;

        @AttributeDefinition(
                name = "File size",
                description = "Most bytes of a plugin's file, 1024 to 268435456",
                min = "1024",
                max = "268435456")
        long maxFileBytes() default 16_777_216;

        @AttributeDefinition(
                name = "Compile cache",
                description =
                        "Most bytes of compiled modules that are kept in memory, so that a version"
                                + " that comes back need not be compiled again, 0 to 1073741824",
                min = "0",
                max = "1073741824")
        long cacheBytes() default 33_554_432;
    }

    private final SeenFiles seen = new SeenFiles();
    private final ReloadEngine engine;
    private final PluginRegistry registry;
    private final Path folder;
    private final ScheduledExecutorService thread;
    private final FolderChanges changes = new FolderChanges();
    private final FolderLog folderLog;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean restless;
    private volatile int debounceMillis = 500;
    private volatile int pollMillis = 200;
    private volatile long maxFileBytes = 16_777_216;
    private volatile long cacheBytes = 33_554_432;

    /** For DS. */
    @Activate
    public ReloadComponent(
            BundleContext context,
            Map<String, Object> configuration,
            @Reference Engine engine,
            @Reference Sandbox sandbox,
            @Reference PluginRegistry registry,
            @Reference PluginLifecycle lifecycle) {
        Home home = Home.of(context.getProperty(Home.PROPERTY));
        this.registry = registry;
        this.folder = home.plugins();
        this.folderLog = new FolderLog(folder);
        this.engine =
                new ReloadEngine(
                        engine,
                        sandbox,
                        registry,
                        lifecycle,
                        new GeneratedBundles(context),
                        new CommitStore(home.data().resolve("plugins")),
                        seen,
                        new DisabledFiles(home.data().resolve("plugins").resolve("disabled")),
                        new CompileCache(() -> cacheBytes));
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, "trinity-reload", 4L << 20));
        LOG.info("reload active plugins={}", home.plugins());
        modified(configuration);
        submit(this::boot, 0);
    }

    /**
     * Starts what was committed, then looks at every file itself, so that being settled means that
     * the folder has been dealt with and not only that nobody has told of it yet.
     */
    private void boot() {
        FolderLook look = FolderLook.at(folder);
        engine.boot(folder, look.files().keySet());
        for (Path file : look.files().keySet()) {
            if (isOld(file)) {
                deal(file);
            }
        }
        lookAgain();
    }

    /** A file that was left alone while nobody looked need not be watched for the debounce time. */
    private boolean isOld(Path file) {
        try {
            return System.currentTimeMillis() - FolderLook.touchedMillis(file) >= debounceMillis;
        } catch (IOException e) {
            return true;
        }
    }

    /** Looks at the folder from now on, again and again; whatever fails, it goes on. */
    private void lookAgain() {
        long nextNanos = TimeUnit.MILLISECONDS.toNanos(pollMillis);
        try {
            nextNanos = Math.min(nextNanos, Asker.call(Asker.HOST, this::lookNow));
        } catch (Exception | Error e) {
            LOG.error("code=INTERNAL looking at {} failed in a way that it should not", folder, e);
        }
        try {
            thread.schedule(this::lookAgain, Math.max(nextNanos, 1_000_000), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("reload is ending; the folder is left to the next start");
        }
    }

    /**
     * @return when to look again at the latest, in nanoseconds
     */
    private long lookNow() {
        FolderLook look = FolderLook.at(folder);
        FolderChanges.Due due =
                changes.feed(
                        look,
                        FolderLook::print,
                        engine.expectsPlugins(),
                        TimeUnit.MILLISECONDS.toNanos(debounceMillis),
                        System.nanoTime());
        folderLog.tell(look, changes.held(), engine.waiting());
        restless = !changes.isSettled();
        due.changed().forEach(this::deal);
        if (due.changed().isEmpty()) {
            due.gone().forEach(this::gone);
        }
        restless = !changes.isSettled();
        return due.nextNanos();
    }

    /** Reads and loads a file that is still; where it changes meanwhile, it is looked at again. */
    private void deal(Path file) {
        Optional<String> before = FolderLook.print(file);
        try {
            load(PluginFile.read(file, maxFileBytes), false);
        } catch (PluginException e) {
            engine.unreadable(file, e);
        }
        changes.dealtWith(file, before);
    }

    private void gone(Path file) {
        changes.dealtWith(file, Optional.empty());
        engine.remove(file);
        retryRefused();
        retryDependents();
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        debounceMillis = (int) values.number("debounceMillis", 500, debounceMillis, 0, 60_000);
        pollMillis = (int) values.number("pollMillis", 200, pollMillis, 10, 60_000);
        maxFileBytes = values.number("maxFileBytes", 16_777_216, maxFileBytes, 1024, 268_435_456);
        cacheBytes = values.number("cacheBytes", 33_554_432, cacheBytes, 0, 1_073_741_824);
        LOG.info(
                "reload debounceMillis={} pollMillis={} maxFileBytes={} cacheBytes={}",
                debounceMillis,
                pollMillis,
                maxFileBytes,
                cacheBytes);
    }

    /** A limit or a grant has changed: what was refused for the old one is tried again. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getFactoryPid() == null ? event.getPid() : event.getFactoryPid();
        if (pid.startsWith("io.trinity.")) {
            submit(this::retryRefused, TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
    }

    private void retryRefused() {
        seen.refusedForNow().forEach(changes::told);
        restless = !changes.isSettled();
    }

    /** Loads a file that has been still, and then those that waited for what it brought. */
    private void load(PluginFile file, boolean again) {
        if (engine.load(file, again)) {
            retryDependents();
        }
    }

    /**
     * Another plugin has come, changed or gone: those that were refused for it are tried again,
     * until none of them comes up any more.
     */
    private void retryDependents() {
        boolean more = true;
        while (more) {
            more = false;
            for (Path waiting : seen.refusedForOthers()) {
                if (changes.isRestless(waiting)) {
                    continue;
                }
                try {
                    more |= engine.load(PluginFile.read(waiting, maxFileBytes), false);
                } catch (PluginException e) {
                    engine.unreadable(waiting, e);
                }
            }
        }
    }

    @Override
    public PluginSnapshot reload(String name) {
        return now(
                () -> {
                    Path file = seen.fileOf(name, folder);
                    engine.enable(file);
                    return loadNow(file, true);
                });
    }

    @Override
    public PluginSnapshot load(String name) {
        return now(
                () -> {
                    Path file = seen.fileOf(name, folder);
                    engine.enable(file);
                    return loadNow(file, false);
                });
    }

    private PluginSnapshot loadNow(Path file, boolean again) {
        Optional<String> before = FolderLook.print(file);
        load(PluginFile.read(file, maxFileBytes), again);
        changes.dealtWith(file, before);
        Optional<PluginException> refusal = seen.refusal(file);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return snapshot(file);
    }

    @Override
    public PluginSnapshot unload(String name) {
        return now(
                () -> {
                    Path file = seen.fileOf(name, folder);
                    engine.unload(file);
                    retryRefused();
                    return snapshot(file);
                });
    }

    private PluginSnapshot snapshot(Path file) {
        String plugin = seen.plugin(file);
        return registry.find(plugin)
                .orElseThrow(
                        () ->
                                PluginException.of(
                                        ErrorCode.NOT_FOUND,
                                        PluginRef.named(plugin),
                                        "it has gone meanwhile",
                                        "plugin:list shows those that there are"));
    }

    /** Runs on the one thread and waits for it. */
    private <T> T now(Callable<T> work) {
        pending.incrementAndGet();
        try {
            String asker = Asker.now();
            return thread.submit(() -> Asker.call(asker, work)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for reload", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginException p) {
                throw p;
            }
            throw new IllegalStateException("reload failed in a way that it should not", e);
        } finally {
            pending.decrementAndGet();
        }
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a load is still running and is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void changed(Path file) {
        submit(
                () -> {
                    changes.told(inFolder(file));
                    lookNow();
                },
                0);
    }

    @Override
    public void removed(Path file) {
        changed(file);
    }

    /** As it is named in the folder, where it lies there, however the folder was reached. */
    private Path inFolder(Path file) {
        Path plain = file.toAbsolutePath().normalize();
        Path parent = plain.getParent();
        try {
            if (parent != null
                    && !parent.equals(folder)
                    && parent.toRealPath().equals(folder.toRealPath())) {
                return folder.resolve(plain.getFileName());
            }
        } catch (IOException e) {
            LOG.debug("{} or {} is not there", parent, folder, e);
        }
        return plain;
    }

    @Override
    public boolean settled() {
        return pending.get() == 0 && !restless;
    }

    /** Runs on the one thread; its errors end there. */
    private void submit(Runnable work, long delayNanos) {
        pending.incrementAndGet();
        Runnable guarded =
                () -> {
                    try {
                        Asker.run(Asker.HOST, work);
                    } catch (RuntimeException | Error e) {
                        LOG.error("code=INTERNAL reload failed in a way that it should not", e);
                    } finally {
                        pending.decrementAndGet();
                    }
                };
        try {
            thread.schedule(guarded, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            LOG.debug("reload is ending; a change is left for the next start");
        }
    }

    @Override
    public CheckReport check(Path file) {
        return now(() -> checkHere(file));
    }

    private CheckReport checkHere(Path file) {
        try {
            return engine.check(PluginFile.read(file, maxFileBytes));
        } catch (PluginException e) {
            return new CheckReport(Optional.empty(), List.of(), Optional.of(Fault.of(e)));
        }
    }
}
