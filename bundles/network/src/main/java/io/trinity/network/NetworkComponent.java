package io.trinity.network;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import io.trinity.api.home.Home;
import io.trinity.api.log.PeriodicTask;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.policy.Grants;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code http} and {@code tcp} share: scopes, connections, limits and threads. Once a second
 * it ends the connections that nobody may or will use any more.
 */
@Component(
        service = NetworkComponent.class,
        immediate = true,
        configurationPid = NetworkSettings.PID)
@Designate(ocd = NetworkDefinition.class)
public final class NetworkComponent {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkComponent.class);
    private static final long SWEEP_MILLIS = 1000;

    /** A scope belongs to a name: any file's digest gives the same. */
    private final Grants grants;

    private final Names names;
    private final Predicate<InetAddress> own;
    private final Watchdog watchdog = new Watchdog();
    private final ConnectionPermits permits = new ConnectionPermits();
    private final Connections connections = new Connections();
    private final Dialer dialer;
    private final HttpSender sender;
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    r -> {
                        Thread t = new Thread(r, "trinity-network-sweep");
                        t.setDaemon(true);
                        return t;
                    });
    private final Path base;
    private final Trust trust;
    private volatile NetworkSettings settings = NetworkSettings.DEFAULT;
    private volatile RouteSettings routes = RouteSettings.DEFAULT;
    private boolean warm;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable PluginRegistry registry;

    /** For DS. */
    @Activate
    public NetworkComponent(
            @Reference Grants grants, BundleContext context, Map<String, Object> configuration) {
        this(
                grants,
                configuration,
                base(context.getProperty(Home.PROPERTY)),
                InetAddress::getAllByName,
                NetworkComponent::isOwn,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
        sweeper.scheduleWithFixedDelay(
                new PeriodicTask(
                        () -> sweep(System.nanoTime()),
                        e -> LOG.error("code=INTERNAL idle connections were not looked for", e)),
                SWEEP_MILLIS,
                SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private static Path base(@Nullable String home) {
        return home == null ? Path.of("").toAbsolutePath() : Home.of(home).root();
    }

    /**
     * @param base of paths in the configuration that are not absolute
     * @param lookup what knows names
     * @param own tells the addresses of this machine
     * @param tls whom the JVM trusts
     */
    NetworkComponent(
            Grants grants,
            Map<String, Object> configuration,
            Path base,
            Names.Lookup lookup,
            Predicate<InetAddress> own,
            Supplier<SSLSocketFactory> tls) {
        this.grants = grants;
        this.base = base;
        this.trust = new Trust(tls);
        this.own = own;
        this.names = new Names(lookup);
        this.dialer = new Dialer(names);
        this.sender = new HttpSender(dialer, watchdog, trust::sockets, () -> routes.proxy());
        modified(configuration);
    }

    /** Takes effect at the next host call. */
    @Modified
    final void modified(Map<String, Object> configuration) {
        Consumer<String> problems = p -> LOG.warn("code=CONFIG_INVALID {}", p);
        ConfigValues values = new ConfigValues(NetworkSettings.PID, configuration, problems);
        settings = NetworkSettings.read(values, settings);
        routes = RouteSettings.read(values, base, routes, problems);
        trust.use(routes.trustedCertificates());
        LOG.info("network active {} {}", settings, routes);
    }

    /** Closes all connections and ends the threads; what waits on a connection fails. */
    @Deactivate
    void deactivate() {
        sweeper.shutdownNow();
        connections.endWhere(c -> "the host ends");
        watchdog.close();
        sender.close();
        names.close();
    }

    NetworkSettings settings() {
        return settings;
    }

    /** What the scope allows the caller now. */
    AllowList allowed(PluginRef plugin) {
        return new AllowList(plugin, grants.scope(plugin.name(), Capability.NETWORK), own);
    }

    ConnectionPermits.Permit permit(PluginRef plugin) throws HostFailure {
        return permits.take(plugin.name(), settings);
    }

    ConnectionPermits permits() {
        return permits;
    }

    CallBytes meter(HostCall call) {
        return CallBytes.of(call, settings.maxCallBytes());
    }

    Dialer dialer() {
        return dialer;
    }

    HttpSender sender() {
        return sender;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Connections connections() {
        return connections;
    }

    /**
     * Ends connections that are idle, not granted any more, or of a plugin that is gone.
     *
     * @param now in the terms of {@link System#nanoTime()}
     */
    void sweep(long now) {
        connections.endWhere(c -> reasonToEnd(c, now));
        trust.refresh();
        warm();
    }

    /**
     * Reads whom the JVM trusts before the first call needs it, which takes a tenth of a second.
     */
    private void warm() {
        PluginRegistry known = registry;
        if (!warm && known != null && known.list().stream().anyMatch(this::granted)) {
            warm = true;
            trust.sockets();
        }
    }

    private @Nullable String reasonToEnd(TcpConnection c, long now) {
        NetworkSettings s = settings;
        if (now - c.usedNanos() > TimeUnit.MILLISECONDS.toNanos(s.idleMillis())) {
            return "it was closed after %s ms without traffic; see idleMillis in %s"
                    .formatted(s.idleMillis(), Places.of(NetworkSettings.PID));
        }
        if (!c.admittedBy(allowed(c.owner()))) {
            return "the scope of the grant does not allow it any more";
        }
        PluginRegistry known = registry;
        if (known == null) {
            return null;
        }
        Optional<PluginSnapshot> plugin = known.find(c.owner().name());
        if (plugin.isEmpty() || plugin.get().generation() == 0) {
            return "the plugin was unloaded";
        }
        boolean same = plugin.get().version().equals(c.owner().version());
        return same && !granted(plugin.get()) ? "the grant was taken back" : null;
    }

    private boolean granted(PluginSnapshot plugin) {
        return grants.verdict(plugin.name(), plugin.digest(), Capability.NETWORK).granted();
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            LOG.debug("the interfaces of this machine are not known", e);
            return true;
        }
    }
}
