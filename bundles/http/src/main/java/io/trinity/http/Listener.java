package io.trinity.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Dictionary;
import java.util.Hashtable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Felix HTTP, told by Config Admin where to listen: an instance of its own, so that one that
 * somebody else configured is left as it is. Its bundle is started only when it is needed: until
 * then it costs its room on the disk.
 */
final class Listener {
    /** Tells our instance from others: in {@code osgi.http.whiteboard.target}. */
    static final String TARGET = "(trinity.http=true)";

    private static final String FACTORY_PID = "org.apache.felix.http";
    private static final String NAME = "trinity";
    private static final String BUNDLE = "org.apache.felix.http.jetty12";

    private final BundleContext context;
    private final ConfigurationAdmin admin;

    Listener(BundleContext context, ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
    }

    /**
     * Why nobody can listen there, in the system's words; Jetty would say it with a stack trace.
     */
    static @Nullable String problem(HttpSettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(
                    new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Begins to listen, soon. */
    void open(HttpSettings settings) throws IOException, BundleException {
        Dictionary<String, Object> p = new Hashtable<>();
        p.put("org.osgi.service.http.port", settings.port());
        p.put("org.apache.felix.http.host", settings.host());
        p.put("org.apache.felix.http.name", "Trinity");
        p.put("org.apache.felix.http.runtime.init.trinity.http", "true");
        p.put("org.apache.felix.http.timeout", 10_000);
        p.put("org.apache.felix.http.jetty.threadpool.max", 12);
        p.put("org.apache.felix.http.jetty.acceptors", 1);
        p.put("org.apache.felix.http.jetty.selectors", 1);
        p.put("org.apache.felix.http.jetty.headerBufferSize", 8192);
        p.put("org.apache.felix.http.jetty.acceptQueueSize", 32);
        p.put("org.apache.felix.http.session.timeout", 1);
        p.put("org.apache.felix.http.mbeans", false);
        configuration().update(p);
        Bundle http = bundle();
        if (http == null) {
            throw new BundleException("there is no bundle " + BUNDLE);
        }
        http.start(Bundle.START_TRANSIENT);
    }

    /** Listens no more; also where an earlier run was killed while it did. */
    void close() throws IOException {
        try {
            Configuration @Nullable [] ours =
                    admin.listConfigurations("(service.pid=" + FACTORY_PID + "~" + NAME + ")");
            for (Configuration c : ours == null ? new Configuration[0] : ours) {
                c.delete();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Configuration configuration() throws IOException {
        return admin.getFactoryConfiguration(FACTORY_PID, NAME, "?");
    }

    private @Nullable Bundle bundle() {
        for (Bundle b : context.getBundles()) {
            if (BUNDLE.equals(b.getSymbolicName())) {
                return b;
            }
        }
        return null;
    }
}
