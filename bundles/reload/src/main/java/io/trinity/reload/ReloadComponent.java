package io.trinity.reload;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.engine.Engine;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.PluginException;
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
    }

    private final ReloadEngine engine;
    private final ScheduledExecutorService thread;
    private final Map<Path, Stillness> restless = new HashMap<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile int debounceMillis = 500;
    private volatile long maxFileBytes = 16_777_216;

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
        this.engine =
                new ReloadEngine(
                        engine,
                        sandbox,
                        registry,
                        lifecycle,
                        new GeneratedBundles(context),
                        new CommitStore(home.data().resolve("plugins")));
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(null, r, "trinity-reload", 4L << 20));
        LOG.info("reload active plugins={}", home.plugins());
        modified(configuration);
        submit(() -> boot(home.plugins()), 0);
    }

    /**
     * Starts what was committed, then looks at every file itself, so that being settled means that
     * the folder has been dealt with and not only that nobody has told of it yet.
     */
    private void boot(Path folder) {
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
                engine.load(PluginFile.read(file, maxFileBytes));
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
        LOG.info("reload debounceMillis={} maxFileBytes={}", debounceMillis, maxFileBytes);
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
        engine.refusedForNow().forEach(this::changed);
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
                        work.run();
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
            engine.load(whole);
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
        try {
            return thread.submit(() -> checkHere(file)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while checking " + file, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("checking " + file + " failed", e);
        }
    }

    private CheckReport checkHere(Path file) {
        try {
            return engine.check(PluginFile.read(file, maxFileBytes));
        } catch (PluginException e) {
            return new CheckReport(Optional.empty(), List.of(), Optional.of(Fault.of(e)));
        }
    }
}
