package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.log.AuditLine;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import io.trinity.api.sandbox.MemoryTotal;
import io.trinity.api.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code trinity:status}, {@code ready}, {@code shutdown}, {@code version}: the host itself. */
@Component(
        service = HostCommands.class,
        immediate = true,
        property = {
            "osgi.command.scope=trinity",
            "osgi.command.function=status",
            "osgi.command.function=ready",
            "osgi.command.function=shutdown",
            "osgi.command.function=version"
        })
public final class HostCommands {
    static final String STATUS_USAGE = "trinity:status [--json]";
    static final String READY_USAGE = "trinity:ready";
    static final String SHUTDOWN_USAGE = "trinity:shutdown";

    static final String VERSION_USAGE = "trinity:version [--json]";

    /** Set by {@code tri} for the process that it starts, which is Trinity's alone. */
    private static final String LAUNCHED = "trinity.distribution";

    private static final Logger LOG = LoggerFactory.getLogger(HostCommands.class);

    private final BundleContext context;
    private final Home home;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PluginRegistry registry;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Reloader reloader;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Sandbox sandbox;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Pipeline> pipelines = List.of();

    @Activate
    public HostCommands(BundleContext context, @Reference Home home) {
        this.context = context;
        this.home = home;
    }

    @Descriptor("pid, uptime and plugins by state; usage: " + STATUS_USAGE)
    public @Nullable String status(@Descriptor("[--json]") String... arguments) {
        boolean json = CommandLine.parse(STATUS_USAGE, arguments).has("--json");
        Readiness readiness = HostState.of(context, reloader);
        Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        Map<String, Long> states = states();
        List<PipelineStatus> running = pipelines.stream().map(Pipeline::status).toList();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("state", readiness.isReady() ? "ready" : "starting");
            fields.put("waitingFor", readiness.waitingFor());
            fields.put("home", home.root().toString());
            fields.put("pid", ProcessHandle.current().pid());
            fields.put("uptimeMillis", uptime.toMillis());
            fields.put("plugins", states);
            fields.put("pipelines", PipelineSummary.states(running));
            fields.put("troubles", PipelineSummary.troubles(running));
            memory().ifPresent(
                            m -> {
                                fields.put("memoryBytes", m.heldBytes());
                                fields.put("memoryPeakBytes", m.peakBytes());
                                fields.put("memoryLimitBytes", m.limitBytes());
                            });
            return Answer.of(Json.write(fields));
        }
        String plugins =
                states.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "));
        return Answer.of(
                Lines.broken(
                        "trinity "
                                + (readiness.isReady()
                                        ? "running"
                                        : "starting, waits for "
                                                + String.join(", ", readiness.waitingFor()))
                                + "  home="
                                + home.root()
                                + "  pid="
                                + ProcessHandle.current().pid()
                                + "  up "
                                + Units.duration(uptime)
                                + "  plugins: "
                                + (plugins.isEmpty() ? "none" : plugins)
                                + memory().map(HostCommands::told).orElse("")
                                + PipelineSummary.text(running)
                                + "\n"));
    }

    private Optional<MemoryTotal> memory() {
        return Optional.ofNullable(sandbox).map(Sandbox::memory);
    }

    private static String told(MemoryTotal m) {
        return ", memory %s of %s"
                .formatted(Units.bytes(m.heldBytes()), Units.bytes(m.limitBytes()));
    }

    @Descriptor("succeeds when the host is up, else says what it waits for; usage: " + READY_USAGE)
    public @Nullable String ready(String... arguments) {
        CommandLine.parse(READY_USAGE, arguments);
        Readiness readiness = HostState.of(context, reloader);
        if (!readiness.isReady()) {
            throw new CommandFailure("waits for " + String.join(", ", readiness.waitingFor()));
        }
        return Answer.of("ready\n");
    }

    @Descriptor("stops the host; usage: " + SHUTDOWN_USAGE)
    public @Nullable String shutdown(String... arguments) {
        CommandLine.parse(SHUTDOWN_USAGE, arguments);
        if (context.getProperty(LAUNCHED) == null) {
            throw CommandFailure.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    "others live in this framework, which Trinity's launcher did not start; stop it"
                            + " by its own means, or stop Trinity's bundles alone");
        }
        LOG.info("shutdown asked for by a command");
        ShellAudit.done(AuditLine.of("shutdown"));
        // Framework.stop returns at once and stops on a thread of its own.
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
        } catch (BundleException e) {
            throw new CommandFailure("cannot stop the framework: " + e.getMessage());
        }
        return Answer.of("stopping\n");
    }

    @Descriptor("versions of host, engine, contract and JVM; usage: " + VERSION_USAGE)
    public @Nullable String version(@Descriptor("[--json]") String... arguments) {
        boolean json = CommandLine.parse(VERSION_USAGE, arguments).has("--json");
        Map<String, String> fields = VersionText.fields(context);
        return Answer.of(json ? Json.write(fields) : VersionText.lines(fields));
    }

    private Map<String, Long> states() {
        PluginRegistry present = registry;
        List<PluginSnapshot> plugins = present == null ? List.of() : present.list();
        return plugins.stream()
                .collect(
                        Collectors.groupingBy(
                                p -> p.state().label(), TreeMap::new, Collectors.counting()));
    }
}
