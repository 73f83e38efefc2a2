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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
 * Reload as a service: hears of files, waits until they are still, and has them loaded, one by one.
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
    private final Map<Path, Stillness> restless = new HashMap<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile int debounceMillis = 500;
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
        engine.boot(folder);
        List<Path> files = List.of();
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
        } catch (NoSuchFileException e) {
            LOG.debug("no folder {} yet", folder);
        } catch (IOException e) {
            LOG.warn("the plugin folder {} cannot be listed: {}", folder, e.toString());
        }
        files.forEach(this::lookAtBoot);
    }

    /** A file that was left alone while nobody looked need not be watched for the debounce time. */
    private void lookAtBoot(Path file) {
        try {
            Stillness.Look look = PluginFile.look(file, maxFileBytes);
            if (System.currentTimeMillis() - look.modifiedMillis() < debounceMillis) {
                changed(file);
            } else {
                load(file, false);
            }
        } catch (PluginException e) {
            engine.unreadable(file, e);
        }
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        debounceMillis = (int) values.number("debounceMillis", 500, debounceMillis, 0, 60_000);
        maxFileBytes = values.number("maxFileBytes", 16_777_216, maxFileBytes, 1024, 268_435_456);
        cacheBytes = values.number("cacheBytes", 33_554_432, cacheBytes, 0, 1_073_741_824);
        LOG.info(
                "reload debounceMillis={} maxFileBytes={} cacheBytes={}",
                debounceMillis,
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
        seen.refusedForNow().forEach(this::changed);
    }

    /** Loads a file that has been still, and then those that waited for what it brought. */
    private void load(Path file, boolean again) {
        load(PluginFile.read(file, maxFileBytes), again);
    }

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
        restless.remove(file);
        load(file, again);
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
                    restless.remove(file);
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
        submit(() -> look(file), 0);
    }

    @Override
    public void removed(Path file) {
        submit(
                () -> {
                    restless.remove(file);
                    // Written again before its turn came: a change, not a removal.
                    if (PluginFile.exists(file)) {
                        look(file);
                    } else {
                        engine.remove(file);
                        retryRefused();
                        retryDependents();
                    }
                },
                0);
    }

    @Override
    public boolean settled() {
        return pending.get() == 0;
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
        } catch (java.util.concurrent.RejectedExecutionException e) {
            pending.decrementAndGet();
            LOG.debug("reload is ending; a change is left for the next start");
        }
    }

    /** Looks at a file now and again until it has been still, then loads it. */
    private void look(Path file) {
        if (!PluginFile.exists(file)) {
            restless.remove(file);
            return;
        }
        long maxBytes = maxFileBytes;
        Stillness stillness =
                restless.computeIfAbsent(
                        file, f -> new Stillness(TimeUnit.MILLISECONDS.toNanos(debounceMillis)));
        try {
            Stillness.Look look = PluginFile.look(file, maxBytes);
            long wait = stillness.remaining(look, System.nanoTime());
            if (wait > 0) {
                submit(() -> again(file, stillness), wait);
                return;
            }
            PluginFile whole = PluginFile.read(file, maxBytes);
            if (whole.bytes().length != look.sizeBytes()) {
                submit(() -> again(file, stillness), TimeUnit.MILLISECONDS.toNanos(50));
                return;
            }
            restless.remove(file);
            load(whole, false);
        } catch (PluginException e) {
            restless.remove(file);
            engine.unreadable(file, e);
        }
    }

    private void again(Path file, Stillness expected) {
        // Another change came meanwhile and was dealt with: nothing is left to do.
        if (restless.get(file) == expected) {
            look(file);
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
