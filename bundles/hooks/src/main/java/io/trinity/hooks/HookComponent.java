package io.trinity.hooks;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Configurations;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Veto;
import io.trinity.api.host.Hooks;
import io.trinity.api.log.AuditLine;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hook bus as a service, and interface {@code hooks} of the contract. */
@Component(
        service = {HookBus.class, HostInterface.class},
        immediate = true,
        configurationPid = HookComponent.PID)
@Designate(ocd = HookComponent.Config.class)
public final class HookComponent implements HookBus, Hooks {
    static final String PID = "io.trinity.hooks";

    /** As the contract says of {@code fire}. */
    static final int MAX_PAYLOAD_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HookComponent.class);
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    @ObjectClassDefinition(name = "Trinity hooks", description = "How hooks are called")
    @interface Config {
        @AttributeDefinition(
                name = "Wall time",
                description =
                        "Wall time of one hook call, in milliseconds, 1 to 60000; the plugin's own"
                                + " limits hold besides",
                min = "1",
                max = "60000")
        int wallMillis() default 500;

        @AttributeDefinition(
                name = "Queue",
                description =
                        "Most calls of on_error and on_metrics that wait, 1 to 65536; more are"
                                + " dropped and counted. Read when the component starts",
                min = "1",
                max = "65536")
        int queue() default 256;

        @AttributeDefinition(
                name = "Required",
                description =
                        "Hooks that nothing goes on without, besides those that manifests call"
                                + " required: PLUGIN, PLUGIN:POINT or PLUGIN:custom/NAME, separated"
                                + " by commas")
        String[] required() default {};

        @AttributeDefinition(
                name = "Optional",
                description =
                        "Hooks that are skipped where they fail, whatever their manifests say;"
                                + " written as the required ones")
        String[] optional() default {};
    }

    private final HookTable table;
    private final HookDispatcher bus;
    private final AsyncNotifier notifier;
    private final RememberedHooks remembered;
    private volatile int wallMillis = 500;

    // Dynamic: where others bring configurations into Config Admin, there is none.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable Configurations configurations;

    // Dynamic: it comes and goes as it likes, and only says why a plugin is not called.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable PluginRegistry registry;

    /** For DS. */
    @Activate
    public HookComponent(
            @Reference Home home, @Reference Policies policies, Map<String, Object> configuration) {
        DisabledHooks disabled = new DisabledHooks(home.data().resolve("hooks/disabled"));
        table = new HookTable(disabled::contains);
        remembered = new RememberedHooks(home.data().resolve("hooks/required"));
        remembered.all().forEach(table::learn);
        notifier =
                new AsyncNotifier((int) values(configuration).number("queue", 256, 256, 1, 65_536));
        Delivery delivery = new Delivery(p -> policies.current().limits(p), () -> wallMillis);
        bus = new HookDispatcher(table, disabled, remembered, delivery, notifier, new Known());
        modified(configuration);
    }

    private final class Known implements Standing {
        @Override
        public Optional<String> of(String plugin) {
            PluginRegistry r = registry;
            return r == null
                    ? Optional.empty()
                    : r.find(plugin).map(p -> p.whyNotServing().orElse(""));
        }

        @Override
        public Optional<String> unread() {
            Configurations c = configurations;
            return c == null ? Optional.empty() : Optional.ofNullable(c.unread().get(PID));
        }
    }

    /** What plugins require that have no service: refused ones, and those that are off. */
    private void learn() {
        PluginRegistry r = registry;
        if (r == null) {
            return;
        }
        for (PluginSnapshot p : r.list()) {
            boolean firstWayIn = p.state() == PluginState.LOADING && p.error().isEmpty();
            if (!firstWayIn && !table.isThere(p.name())) {
                r.candidate(p.name())
                        .ifPresent(
                                c ->
                                        table.learn(
                                                p.name(),
                                                c.manifest().hooks().stream()
                                                        .map(DeclaredHook::of)
                                                        .toList()));
            }
        }
    }

    private static ConfigValues values(Map<String, Object> configuration) {
        return new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        wallMillis = (int) values(configuration).number("wallMillis", 500, wallMillis, 1, 60_000);
        ConfigValues values = values(configuration);
        Requirements required =
                Requirements.read(
                        values.names("required", List.of()),
                        values.names("optional", List.of()),
                        p -> LOG.warn("code=CONFIG_INVALID {}", p));
        table.requirements(required);
        LOG.info("hooks active wallMillis={} {}", wallMillis, required);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        Object wanted = properties.get(Plugin.HOOKS_DECLARED);
        String[] declarations = wanted instanceof String[] w ? w : new String[0];
        List<DeclaredHook> read =
                Stream.of(declarations).flatMap(w -> DeclaredHook.parse(w).stream()).toList();
        table.put(plugin, read, remembered.put(plugin.name(), read));
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        bindPlugin(plugin, properties);
    }

    void unbindPlugin(Plugin plugin) {
        table.remove(plugin);
    }

    @Deactivate
    void deactivate() {
        notifier.close();
    }

    @Override
    public byte[] fire(HostCall call, String name, byte[] payload) throws HostFailure {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "the payload of hook custom/%s has %s bytes, at most %s are handed over; hand over less at a time"
                            .formatted(name, payload.length, MAX_PAYLOAD_BYTES));
        }
        try {
            return bus.fire(
                    call.plugin().name(),
                    name,
                    payload,
                    listenersDeadline(System.nanoTime(), call.deadlineNanos()),
                    HookTrace.NONE);
        } catch (PluginException e) {
            throw new HostFailure(
                    switch (e.code()) {
                        case LIMIT_HOOK_DEPTH, LIMIT_RESTARTS -> Reason.LIMIT;
                        case LIMIT_TIME -> Reason.TIMEOUT;
                        default -> Reason.UNAVAILABLE;
                    },
                    e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new HostFailure(Reason.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Listeners together have half of the time that is left: whoever fires does not choose them,
     * and slow ones must not cost it its call.
     */
    static long listenersDeadline(long now, long deadlineNanos) {
        return deadlineNanos == Long.MAX_VALUE ? deadlineNanos : now + (deadlineNanos - now) / 2;
    }

    @Override
    public boolean listens(HookPoint point) {
        return bus.listens(point);
    }

    @Override
    public Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace) {
        learn();
        return bus.prePipeline(pipeline, streams, trace);
    }

    @Override
    public List<Chunk> postChunk(List<Chunk> chunks, HookTrace trace) {
        return bus.postChunk(chunks, trace);
    }

    @Override
    public double[] preFusion(String key, List<Part> parts, HookTrace trace) {
        return bus.preFusion(key, parts, trace);
    }

    @Override
    public List<Window> postFusion(List<Window> windows, HookTrace trace) {
        return bus.postFusion(windows, trace);
    }

    @Override
    public void onError(List<Incident> incidents) {
        bus.onError(incidents);
    }

    @Override
    public void onMetrics(List<Sample> samples) {
        bus.onMetrics(samples);
    }

    @Override
    public byte[] fire(String name, byte[] payload, long deadlineNanos, HookTrace trace) {
        return bus.fire(name, payload, deadlineNanos, trace);
    }

    @Override
    public List<HookSnapshot> list() {
        learn();
        return bus.list();
    }

    @Override
    public void enable(String plugin, HookPoint point, String name, boolean enabled) {
        bus.enable(plugin, point, name, enabled);
        AUDIT.info(
                "{}",
                AuditLine.of(enabled ? "hook.enabled" : "hook.disabled")
                        .with("plugin", plugin)
                        .with("point", point.label())
                        .with("name", name));
    }

    @Override
    public void forget(String plugin) {
        bus.forget(plugin);
        AUDIT.info("{}", AuditLine.of("hook.forgotten").with("plugin", plugin));
    }
}
