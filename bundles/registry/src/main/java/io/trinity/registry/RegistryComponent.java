package io.trinity.registry;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.host.Plugins;
import io.trinity.api.log.AuditLine;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.policy.Limits;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry as a service: a {@link PluginTable} whose changes are published. */
@Component(
        service = {PluginRegistry.class, PluginLifecycle.class, HostInterface.class},
        immediate = true,
        configurationPid = RegistryComponent.PID)
@Designate(ocd = RegistryComponent.Config.class)
public final class RegistryComponent implements PluginRegistry, PluginLifecycle, Plugins {
    static final String PID = "io.trinity.registry";

    private static final Logger LOG = LoggerFactory.getLogger(RegistryComponent.class);

    @ObjectClassDefinition(
            name = "Trinity registry",
            description = "How many plugins there may be, and how long one may take to end")
    @interface Config {
        @AttributeDefinition(
                name = "Plugins",
                description =
                        "Most plugins loaded at once, 1 to 10000; auto for as many as"
                                + " totalMemoryBytes of io.trinity.limits has room for if each"
                                + " takes all that its memoryBytes allows")
        String maxPlugins() default "32";

        @AttributeDefinition(
                name = "Drain timeout",
                description =
                        "How long calls in flight may take to end when a generation is stopped, in"
                                + " milliseconds, 0 to 600000; then they are cancelled",
                min = "0",
                max = "600000")
        int drainMillis() default 5000;

        @AttributeDefinition(
                name = "Traps",
                description =
                        "A plugin that traps so often within the window is put into quarantine, 0"
                                + " to 100000; 0 for never",
                min = "0",
                max = "100000")
        int quarantineTraps() default 20;

        @AttributeDefinition(
                name = "Window",
                description =
                        "The window, in milliseconds, 1 to 3600000. For as long after a quarantine"
                                + " a single trap brings the plugin back into it",
                min = "1",
                max = "3600000")
        int quarantineWindowMillis() default 10_000;

        @AttributeDefinition(
                name = "First quarantine",
                description =
                        "Length of the first quarantine, in milliseconds, 1 to 86400000; doubled"
                                + " each time",
                min = "1",
                max = "86400000")
        int quarantineMillis() default 1_000;

        @AttributeDefinition(
                name = "Longest quarantine",
                description = "No quarantine is longer, in milliseconds, 1 to 86400000",
                min = "1",
                max = "86400000")
        int quarantineMaxMillis() default 300_000;
    }

    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private final PluginTable table;
    private final PluginPublisher publisher;
    private volatile int maxPlugins = 32;
    private volatile int drainMillis = 5000;
    private volatile Quarantine.Settings quarantine =
            new Quarantine.Settings(20, 10_000, 1_000, 300_000);
    private final ScheduledThreadPoolExecutor later;

    // Dynamic: a component rebuilt for its sake would forget every plugin.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable EventAdmin events;

    private final Policies policies;
    private final DependencyCalls calls;

    /** For DS. */
    @Activate
    public RegistryComponent(
            BundleContext context,
            @Reference Policies policies,
            Map<String, Object> configuration) {
        this.policies = policies;
        this.publisher = new PluginPublisher(context, () -> events);
        this.later =
                new ScheduledThreadPoolExecutor(
                        1,
                        RegistryComponent::daemon,
                        // Whoever ends has no quarantine to end any more.
                        new ThreadPoolExecutor.DiscardPolicy());
        later.setKeepAliveTime(1, TimeUnit.SECONDS);
        later.allowCoreThreadTimeOut(true);
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.table =
                new PluginTable(
                        publisher,
                        this::capacity,
                        () -> drainMillis,
                        this::limits,
                        () -> new Quarantine(() -> quarantine, System::nanoTime),
                        this::later,
                        new CallFaults(System::nanoTime, InstantSource.system(), this::later));
        this.calls = new DependencyCalls(table::servedManifest, table::serving);
        modified(configuration);
    }

    private void later(long millis, Runnable work) {
        later.schedule(work, millis, TimeUnit.MILLISECONDS);
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        boolean auto = "auto".equals(String.valueOf(configuration.get("maxPlugins")).trim());
        maxPlugins =
                auto ? Capacity.AUTO : (int) values.number("maxPlugins", 32, maxPlugins, 1, 10_000);
        drainMillis = (int) values.number("drainMillis", 5000, drainMillis, 0, 600_000);
        Quarantine.Settings last = quarantine;
        quarantine =
                new Quarantine.Settings(
                        (int) values.number("quarantineTraps", 20, last.traps(), 0, 100_000),
                        values.number(
                                "quarantineWindowMillis",
                                10_000,
                                last.windowMillis(),
                                1,
                                3_600_000),
                        values.number("quarantineMillis", 1_000, last.firstMillis(), 1, 86_400_000),
                        values.number(
                                "quarantineMaxMillis", 300_000, last.mostMillis(), 1, 86_400_000));
        LOG.info(
                "registry active maxPlugins={} drainMillis={} {}",
                auto ? "auto" : maxPlugins,
                drainMillis,
                quarantine);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "trinity-quarantine");
        thread.setDaemon(true);
        return thread;
    }

    private Limits limits(String plugin) {
        return policies.current().limits(plugin);
    }

    private Capacity capacity() {
        return new Capacity(
                maxPlugins,
                plugin -> limits(plugin).memoryBytes(),
                () -> policies.current().totalMemoryBytes());
    }

    @Override
    public byte[] call(HostCall call, String plugin, String function, byte[] argument)
            throws HostFailure {
        return calls.call(call, plugin, function, argument);
    }

    @Deactivate
    void deactivate() {
        later.shutdown();
        publisher.close();
    }

    @Override
    public List<PluginSnapshot> list() {
        return table.list();
    }

    @Override
    public Optional<PluginSnapshot> find(String name) {
        return table.find(name);
    }

    @Override
    public Optional<PluginUsage> usage(String name) {
        return table.usage(name);
    }

    @Override
    public Optional<Candidate> candidate(String name) {
        return table.candidate(name);
    }

    @Override
    public Optional<FailedCall> lastFailedCall(String name) {
        return table.lastFailedCall(name);
    }

    @Override
    public List<String> dependents(String name) {
        return table.dependents(name);
    }

    @Override
    public void disabled(String name, String file, boolean disabled) {
        table.disabled(name, file, disabled);
    }

    @Override
    public void preparing(Manifest manifest, String file, String digest) {
        table.preparing(manifest, file, digest);
    }

    @Override
    public void starting(Manifest manifest, long bundleId) {
        table.starting(manifest, bundleId);
    }

    @Override
    public void opened(Generation generation, long bundleId) {
        table.opened(generation, bundleId);
    }

    @Override
    public long swap(String name) {
        return table.swap(name);
    }

    @Override
    public void failed(String name, String file, PluginException cause) {
        table.failed(name, file, cause);
    }

    @Override
    public void confirmed(String name, String file) {
        table.confirmed(name, file);
    }

    @Override
    public int drain(String name, long generation) {
        return table.drain(name, generation);
    }

    @Override
    public void closed(String name, long generation) {
        boolean serves = find(name).filter(p -> p.generation() == generation).isPresent();
        table.closed(name, generation);
        if (serves) {
            audit("unloaded", name);
        }
    }

    @Override
    public void forget(String name) {
        table.forget(name);
    }

    @Override
    public void pause(String name) {
        table.pause(name);
        audit("paused", name);
    }

    @Override
    public void endQuarantine(String name) {
        table.endQuarantine(name);
        audit("quarantine.ended", name);
    }

    @Override
    public void resume(String name) {
        table.resume(name);
        audit("resumed", name);
    }

    private static void audit(String event, String plugin) {
        AUDIT.info("{}", AuditLine.of(event).with("plugin", plugin));
    }
}
