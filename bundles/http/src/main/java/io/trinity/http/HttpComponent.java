package io.trinity.http;

import io.trinity.api.config.Places;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves health and metrics where {@code io.trinity.http} says so. A port that somebody else has is
 * told of once and tried again, since it is often the host's own predecessor that has it.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = HttpSettings.PID)
@Designate(ocd = HttpDefinition.class)
public final class HttpComponent {
    private static final Logger LOG = LoggerFactory.getLogger(HttpComponent.class);
    private static final long AGAIN_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 250;
    private static final long END_SECONDS = 5;

    private final BundleContext context;
    private final HostFacts facts;
    private final Listener listener;
    private final ScheduledThreadPoolExecutor thread;
    private volatile HttpSettings wanted = HttpSettings.OFF;
    private HttpSettings open = HttpSettings.OFF;
    private String told = "";
    private @Nullable ServiceRegistration<Servlet> servlet;

    /** For DS. */
    @Activate
    public HttpComponent(
            BundleContext context,
            Map<String, Object> configuration,
            @Reference ConfigurationAdmin admin,
            @Reference HostFacts facts) {
        this.context = context;
        this.facts = facts;
        this.listener = new Listener(context, admin);
        thread =
                new ScheduledThreadPoolExecutor(
                        1, HttpComponent::daemon, new ThreadPoolExecutor.DiscardPolicy());
        // Off, it has no thread.
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        modified(configuration);
        lookWhetherItIsUp();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "trinity-http");
        thread.setDaemon(true);
        return thread;
    }

    @Modified
    final void modified(Map<String, Object> configuration) {
        wanted =
                HttpSettings.read(
                        configuration, wanted, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        thread.execute(this::apply);
    }

    /** Ends to listen. */
    @Deactivate
    void deactivate() throws InterruptedException {
        wanted = HttpSettings.OFF;
        thread.execute(this::apply);
        thread.shutdown();
        if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    /** Who asks first may do so long after the start, while a plugin is being loaded again. */
    private void lookWhetherItIsUp() {
        boolean again = true;
        try {
            again = facts.starting().isPresent();
        } finally {
            // Whatever was thrown.
            if (again) {
                thread.schedule(this::lookWhetherItIsUp, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void later() {
        thread.schedule(this::apply, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Brings what is so to what is wanted; on the one thread. */
    private void apply() {
        HttpSettings s = wanted;
        try {
            if (!s.equals(open)) {
                close();
                if (s.isOn()) {
                    open(s);
                }
            }
        } catch (IOException | BundleException | RuntimeException | Error e) {
            // Also where there is no memory to tell of it.
            later();
            tell(s, e.toString());
        }
    }

    private void close() throws IOException {
        ServiceRegistration<Servlet> there = servlet;
        servlet = null;
        if (there != null) {
            there.unregister();
        }
        // Also where this run opened nothing: an earlier one may have been killed.
        listener.close();
        if (open.isOn()) {
            LOG.info("http host={} port={} is closed", open.host(), open.port());
        }
        open = HttpSettings.OFF;
    }

    private void open(HttpSettings s) throws IOException, BundleException {
        String problem = Listener.problem(s);
        if (problem != null) {
            tell(s, problem);
            later();
            return;
        }
        listener.open(s);
        Dictionary<String, Object> p = new Hashtable<>();
        p.put("osgi.http.whiteboard.servlet.name", "trinity");
        p.put("osgi.http.whiteboard.servlet.pattern", "/");
        p.put("osgi.http.whiteboard.target", Listener.TARGET);
        servlet = context.registerService(Servlet.class, new HostServlet(facts), p);
        open = s;
        told = "";
        LOG.info(
                "http listens at http://{}:{} with /live, /ready and /metrics", s.host(), s.port());
    }

    private void tell(HttpSettings s, String problem) {
        if (!told.equals(s + problem)) {
            told = s + problem;
            LOG.error(
                    "code=CONFIG_INVALID {}: host={} port={}: {}; nothing listens there;"
                            + " choose another, or end what has it: it is tried again every {} s",
                    Places.of(HttpSettings.PID),
                    s.host(),
                    s.port(),
                    problem,
                    AGAIN_MILLIS / 1000);
        }
    }
}
