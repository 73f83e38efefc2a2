package io.trinity.reload;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.engine.Engine;
import io.trinity.api.home.Home;
import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
 * there is still, and has it dealt with. All decisions are made on one thread, which waits for
 * nothing; what takes long is done elsewhere. Who else sees files come and go may tell; then it is
 * looked at once.
 */
@Component(
        service = {Reloader.class, ConfigurationListener.class},
        immediate = true,
        configurationPid = ReloadComponent.PID)
@Designate(ocd = ReloadComponent.Config.class)
public final class ReloadComponent implements Reloader, ConfigurationListener {
    static final String PID = "io.trinity.reload";

    /** How long a file that is gone waits for others that are coming: it may be one of them. */
    private static final long GONE_WAITS_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A full disk has room again one day. */
    private static final int STORE_RETRY_SECONDS = 60;

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
                name = "Loads",
                description =
                        "How many plugins are loaded, started or drained at once, 1 to 64; one that"
                                + " takes long holds up no other as long as there are fewer of its"
                                + " kind",
                min = "1",
                max = "64")
        int loads() default 8;

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

    private final Committed committed;
    private final FolderEvents events;
    private final PluginCommands commands;
    private final Rollout rollout;
    private final Path folder;
    private final ScheduledExecutorService thread;
    private final LoadPool pool;
    private final Work work;
    private final FolderChanges changes = new FolderChanges();
    private final FolderLog folderLog;

    /** When each file that is gone was first seen to be, in nanoseconds. */
    private final Map<Path, Long> goneSince = new HashMap<>();

    private final Set<CompletableFuture<?>> answers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean settled;
    private volatile int debounceMillis = 500;
    private volatile int pollMillis = 200;
    private volatile int loads = 8;
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
        this.folder = home.plugins();
        this.folderLog = new FolderLog(folder);
        this.thread =
                Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "trinity-reload"));
        this.pool = new LoadPool(loads);
        this.work = new Work(pool, thread);
        Path store = home.data().resolve("plugins");
        OffPlugins off = new OffPlugins(store.resolve("disabled"));
        this.committed = new Committed(new CommitStore(store));
        this.rollout =
                new Rollout(
                        engine,
                        sandbox,
                        registry,
                        lifecycle,
                        new GeneratedBundles(context),
                        committed,
                        new CompileCache(() -> cacheBytes),
                        () -> maxFileBytes);
        FoundFiles files = new FoundFiles(changes::isAway, off);
        this.events =
                new FolderEvents(
                        folder,
                        registry,
                        lifecycle,
                        rollout,
                        committed,
                        off,
                        files,
                        work,
                        () -> changes.held().isPresent());
        this.commands = new PluginCommands(folder, registry, off, files, events, this::deal);
        LOG.info("reload active plugins={}", home.plugins());
        modified(configuration);
        submit(this::boot, 0);
    }

    /**
     * Looks at every file at once, so that being settled means that the folder has been dealt with
     * and not only that nobody has looked yet. A file that was left alone while nobody looked need
     * not be watched for the debounce time.
     */
    private void boot() {
        thread.schedule(this::lookAgain, pollMillis, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(
                () -> guarded(() -> events.retry(FoundFiles.CURED_BY_ROOM)),
                STORE_RETRY_SECONDS,
                STORE_RETRY_SECONDS,
                TimeUnit.SECONDS);
        FolderLook look = FolderLook.at(folder);
        List<Path> old = look.files().keySet().stream().filter(this::isOld).toList();
        old.forEach(f -> changes.dealtWith(f, Optional.ofNullable(look.files().get(f))));
        events.reconciler().recall();
        lookNow();
        events.boot(old);
        settled = isSettled();
    }

    private boolean isOld(Path file) {
        try {
            return System.currentTimeMillis() - FolderLook.touchedMillis(file) >= debounceMillis;
        } catch (IOException e) {
            return true;
        }
    }

    /** Looks at the folder from now on, again and again; whatever fails, it goes on. */
    private void lookAgain() {
        long[] next = {TimeUnit.MILLISECONDS.toNanos(pollMillis)};
        guarded(() -> next[0] = Math.min(next[0], lookNow()));
        try {
            thread.schedule(this::lookAgain, Math.max(next[0], 1_000_000), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("reload is ending; the folder is left to the next start");
        }
    }

    /**
     * @return when to look again at the latest, in nanoseconds
     */
    private long lookNow() {
        long now = System.nanoTime();
        FolderLook look = FolderLook.at(folder);
        FolderChanges.Due due =
                changes.feed(
                        look,
                        FolderLook::print,
                        !committed.plugins().isEmpty(),
                        TimeUnit.MILLISECONDS.toNanos(debounceMillis),
                        now);
        folderLog.tell(look, changes.held(), committed.plugins());
        due.changed().forEach(this::deal);
        goneSince.keySet().retainAll(due.gone());
        for (Path file : due.gone()) {
            long since = goneSince.computeIfAbsent(file, f -> now);
            // What is moved, or put back under another name, is looked into before.
            boolean others = events.isExamining() || changes.isAnyArriving();
            if (!others || now - since > GONE_WAITS_NANOS) {
                changes.dealtWith(file, Optional.empty());
                events.gone(file);
            }
        }
        settled = isSettled();
        return due.nextNanos();
    }

    /** A file is still; where it changes while it is read, it is looked at again. */
    private void deal(Path file) {
        if (!events.isExamining(file)) {
            changes.dealtWith(file, FolderLook.print(file));
            events.examine(file);
        }
    }

    private boolean isSettled() {
        return changes.isSettled() && events.isSettled();
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        debounceMillis = (int) values.number("debounceMillis", 500, debounceMillis, 0, 60_000);
        pollMillis = (int) values.number("pollMillis", 200, pollMillis, 10, 60_000);
        maxFileBytes = values.number("maxFileBytes", 16_777_216, maxFileBytes, 1024, 268_435_456);
        cacheBytes = values.number("cacheBytes", 33_554_432, cacheBytes, 0, 1_073_741_824);
        loads = (int) values.number("loads", 8, loads, 1, 64);
        pool.threads(loads);
        LOG.info(
                "reload debounceMillis={} pollMillis={} loads={} maxFileBytes={} cacheBytes={}",
                debounceMillis,
                pollMillis,
                loads,
                maxFileBytes,
                cacheBytes);
    }

    /** A limit or a grant has changed: what was refused for the old one is tried again. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getFactoryPid() == null ? event.getPid() : event.getFactoryPid();
        if (pid.startsWith("io.trinity.")) {
            submit(
                    () -> events.retry(FoundFiles.CURABLE),
                    TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
        }
    }

    @Override
    public PluginSnapshot reload(String name) {
        return now(answer -> commands.load(name, true, answer));
    }

    @Override
    public PluginSnapshot load(String name) {
        return now(answer -> commands.load(name, false, answer));
    }

    @Override
    public PluginSnapshot unload(String name) {
        return now(answer -> commands.unload(name, answer));
    }

    @Override
    public CheckReport check(Path file) {
        return now(
                answer ->
                        work.begin(
                                () -> rollout.check(file),
                                e -> internal(file, e),
                                answer::complete));
    }

    private static CheckReport internal(Path file, Throwable e) {
        return new CheckReport(
                Optional.empty(),
                List.of(),
                Optional.of(PluginSnapshot.Fault.of(PluginFile.internal(file, e))));
    }

    /** Begins something on the one thread and waits for what comes of it. */
    private <T> T now(Consumer<CompletableFuture<T>> begin) {
        String asker = Asker.now();
        CompletableFuture<T> answer = new CompletableFuture<>();
        answers.add(answer);
        submit(
                () ->
                        Asker.run(
                                asker,
                                () -> {
                                    try {
                                        begin.accept(answer);
                                    } catch (RuntimeException | Error e) {
                                        answer.completeExceptionally(e);
                                    }
                                }),
                0);
        if (thread.isShutdown()) {
            answer.completeExceptionally(ending());
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for reload", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginException p) {
                throw p;
            }
            throw new IllegalStateException("reload failed in a way that it should not", e);
        } finally {
            answers.remove(answer);
        }
    }

    private static PluginException ending() {
        return PluginException.of(
                ErrorCode.NOT_ACTIVE,
                PluginRef.named("reload"),
                "the host is ending, or loads are being configured anew",
                "try again when it is up");
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
        pool.stop();
        answers.forEach(a -> a.completeExceptionally(ending()));
        try {
            if (!pool.awaitEnd(10)) {
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
        return pending.get() == 0 && settled && work.isIdle();
    }

    /** Runs on the one thread; its errors end there. */
    private void submit(Runnable work, long delayNanos) {
        pending.incrementAndGet();
        try {
            thread.schedule(
                    () -> {
                        guarded(work);
                        settled = isSettled();
                        pending.decrementAndGet();
                    },
                    delayNanos,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            LOG.debug("reload is ending; a change is left for the next start");
        }
    }

    private static void guarded(Runnable work) {
        try {
            Asker.run(Asker.HOST, work);
        } catch (RuntimeException | Error e) {
            LOG.error("code=INTERNAL reload failed in a way that it should not", e);
        }
    }
}
