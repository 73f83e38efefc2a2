package io.trinity.reload;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.engine.Engine;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.api.world.World;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reload as a service: looks at the plugin folder again and again, waits until what has changed
 * there is still, and has it dealt with. All decisions are made on one thread, which waits for
 * nothing; what takes long is done elsewhere. Who else sees files come and go may tell; then it is
 * looked at once.
 */
@Component(
        service = {Reloader.class, ConfigurationListener.class},
        immediate = true,
        configurationPid = ReloadComponent.PID)
@Designate(ocd = ReloadDefinition.class)
public final class ReloadComponent implements Reloader, ConfigurationListener {
    static final String PID = "io.trinity.reload";

    /** A full disk has room again one day. */
    private static final int STORE_RETRY_SECONDS = 60;

    /** Those who read the same change come first. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String ENGINE_PID = "io.trinity.engine";

    /** Steps that somebody waits for; they have threads of their own, which nothing else takes. */
    private static final int ASKED_AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ReloadComponent.class);

    private final ReloadThread thread = new ReloadThread(this::settle);
    private final LoadPool pool = new LoadPool(ReloadSettings.DEFAULTS.loads());
    private final LoadPool askedPool = new LoadPool("trinity-load-asked-", ASKED_AT_ONCE);
    private final Work work =
            new Work(new Work.Lane(pool, thread), new Work.Lane(askedPool, thread::first));
    private final PluginLoads loads;
    private final FolderEvents events;
    private final FolderWatch watch;
    private final LookPace pace =
            new LookPace(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
    private final PluginCommands commands;
    private volatile ReloadSettings settings = ReloadSettings.DEFAULTS;
    private final Sandbox sandbox;
    private SortedMap<String, Class<? extends World>> types;

    private volatile boolean settled;
    private volatile boolean restored;

    /** For DS. */
    @Activate
    public ReloadComponent(
            BundleContext context,
            Map<String, Object> configuration,
            @Reference Home home,
            @Reference Engine engine,
            @Reference Sandbox sandbox,
            @Reference Policies policies,
            @Reference PluginRegistry registry,
            @Reference PluginLifecycle lifecycle) {
        this.sandbox = sandbox;
        this.types = sandbox.extensionTypes();
        Path folder = home.plugins();
        Path store = home.data().resolve("plugins");
        OffPlugins off = new OffPlugins(store.resolve("disabled"));
        Committed committed = new Committed(new CommitStore(store));
        FolderChanges changes = new FolderChanges();
        FoundFiles files = new FoundFiles(changes::isAway, changes::isSettling, off);
        GeneratedBundles bundles = new GeneratedBundles(context);
        this.loads =
                new PluginLoads(
                        engine,
                        sandbox,
                        policies,
                        registry,
                        lifecycle,
                        bundles,
                        committed,
                        new CompileCache(() -> settings.cacheBytes()),
                        () -> settings.maxFileBytes());
        this.events =
                new FolderEvents(
                        folder,
                        registry,
                        lifecycle,
                        loads,
                        committed,
                        off,
                        files,
                        work,
                        () -> changes.held().isPresent());
        this.watch =
                new FolderWatch(
                        folder, changes, events, committed, () -> settings.debounceMillis());
        this.commands = new PluginCommands(folder, registry, off, files, events, watch::deal);
        bundles.goneWithReload().begin();
        LOG.info("reload active plugins={}", folder);
        modified(configuration);
        thread.after(0, this::boot);
    }

    private void boot() {
        thread.repeat(
                this::look,
                () -> pace.atMost(TimeUnit.MILLISECONDS.toNanos(settings.pollMillis())));
        thread.repeat(this::retryForRoom, () -> TimeUnit.SECONDS.toNanos(STORE_RETRY_SECONDS));
        events.reconciler().recall();
        watch.boot();
    }

    private long look() {
        SortedMap<String, Class<? extends World>> now = sandbox.extensionTypes();
        if (!now.equals(types)) {
            types = now;
            events.reconciler().startWaiting();
            events.retry(FoundFiles.CURED_BY_TYPES);
        }
        return pace.look(() -> watch.look(System.nanoTime()));
    }

    private long retryForRoom() {
        events.retry(FoundFiles.CURED_BY_ROOM);
        return Long.MAX_VALUE;
    }

    private void settle() {
        settled = watch.isSettled();
        restored |= settled;
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        ReloadSettings now = ReloadSettings.read(values, settings);
        settings = now;
        pool.threads(now.loads());
        LOG.info(
                "reload debounceMillis={} pollMillis={} loads={} maxFileBytes={} cacheBytes={}",
                now.debounceMillis(),
                now.pollMillis(),
                now.loads(),
                now.maxFileBytes(),
                now.cacheBytes());
    }

    /** A limit or a grant has changed: what was refused for the old one is tried again. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getFactoryPid() == null ? event.getPid() : event.getFactoryPid();
        if (pid.startsWith("io.trinity.")) {
            boolean engine = pid.equals(ENGINE_PID);
            thread.after(RETRY_NANOS, () -> events.configured(engine));
        }
    }

    @Override
    public PluginSnapshot reload(String name) {
        return thread.ask(answer -> commands.load(name, true, answer));
    }

    @Override
    public PluginSnapshot load(String name) {
        return thread.ask(answer -> commands.load(name, false, answer));
    }

    @Override
    public PluginSnapshot unload(String name) {
        return thread.ask(answer -> commands.unload(name, answer));
    }

    @Override
    public CheckReport check(Path file) {
        return thread.ask(
                answer ->
                        work.begin(
                                () -> loads.check(file), e -> internal(file, e), answer::complete));
    }

    private static CheckReport internal(Path file, Throwable e) {
        return new CheckReport(
                Optional.empty(),
                List.of(),
                Optional.of(PluginSnapshot.Fault.of(PluginFile.internal(file, e))));
    }

    @Override
    public void changed(Path file) {
        thread.after(
                0,
                () -> {
                    watch.told(file);
                    look();
                });
    }

    @Override
    public void removed(Path file) {
        changed(file);
    }

    @Override
    public boolean settled() {
        return thread.isIdle() && settled && work.isIdle();
    }

    @Override
    public boolean restored() {
        return restored;
    }

    @Deactivate
    void deactivate() {
        thread.stop();
        pool.stop();
        askedPool.stop();
        try {
            if (!pool.awaitEnd(10) || !askedPool.awaitEnd(1)) {
                LOG.warn("a load is still running and is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
