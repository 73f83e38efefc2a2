package io.trinity.bench.inside;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Makes {@link Measurements} commands of Gogo, scope {@code bench}. */
public final class Activator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", "bench");
        properties.put(
                "osgi.command.function",
                new String[] {"first", "latency", "throughput", "reload", "memory"});
        Measurements commands = new Measurements(new House(context));
        context.registerService(Measurements.class, commands, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes back what was registered.
    }
}
